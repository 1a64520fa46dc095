package io.serverherd.node.tls;

import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** How Java's TLS asks in a handshake whether a chain is trusted. Both ends are asked the same. */
final class ChainTrustManager extends X509ExtendedTrustManager {
    private final ChainTrust trust;
    private final InstantSource clock;

    ChainTrustManager(ChainTrust trust, InstantSource clock) {
        this.trust = trust;
        this.clock = clock;
    }

    private void check(X509Certificate[] chain) throws RefusedConnectionException {
        trust.require(List.of(chain), clock.instant());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) throws RefusedConnectionException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket)
            throws RefusedConnectionException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
            throws RefusedConnectionException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) throws RefusedConnectionException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
            throws RefusedConnectionException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
            throws RefusedConnectionException {
        check(chain);
    }

    /** None are told: whoever is asked for a certificate shows the one it has, and is then told what is wrong with it. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
