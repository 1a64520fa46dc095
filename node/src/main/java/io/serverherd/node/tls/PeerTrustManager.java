package io.serverherd.node.tls;

import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** How Java's TLS asks in a handshake whether a chain is trusted. Both ends are asked the same. */
final class PeerTrustManager extends X509ExtendedTrustManager {
    private final PeerTrust trust;
    private final InstantSource clock;

    PeerTrustManager(PeerTrust trust, InstantSource clock) {
        this.trust = trust;
        this.clock = clock;
    }

    private void check(X509Certificate[] chain) throws RefusedPeerException {
        trust.require(List.of(chain), clock.instant());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) throws RefusedPeerException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) throws RefusedPeerException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws RefusedPeerException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) throws RefusedPeerException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) throws RefusedPeerException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws RefusedPeerException {
        check(chain);
    }

    /** None are told: whoever is asked for a certificate shows the one it has, and is then told what is wrong with it. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
