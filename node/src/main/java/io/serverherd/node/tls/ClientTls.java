package io.serverherd.node.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * TLS 1.3 and 1.2 with clients. It is Java's: a client may end its input and still wants its replies, which TLS 1.3 allows,
 * and native TLS closes both directions when one is closed.
 */
public final class ClientTls implements ServerTls {
    private static final String TLS_FOLDER = "HERD_CLIENT_TLS_DIR";
    private static final String CA_FOLDER = "HERD_CLIENT_CA_DIR";

    /** Those of 1.3, and those of 1.2 that keep what was said secret when the key leaks later. */
    private static final List<String> CIPHERS = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private final ServerCertificate certificate;
    private final Optional<ChainTrust> trust;
    private final InstantSource clock;
    private final SslContext accepting;

    private ClientTls(ServerCertificate certificate, Optional<ChainTrust> trust, InstantSource clock)
            throws SSLException {
        this.certificate = certificate;
        this.trust = trust;
        this.clock = clock;
        SslContextBuilder builder = SslContextBuilder.forServer(certificate.key(), certificate.chainArray())
                .sslProvider(SslProvider.JDK)
                .keyStoreType(ServerCertificate.KEY_STORE)
                .protocols("TLSv1.3", "TLSv1.2")
                .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE);
        trust.ifPresent(
                clients -> builder.clientAuth(ClientAuth.REQUIRE).trustManager(new ChainTrustManager(clients, clock)));
        accepting = builder.build();
    }

    /** @throws SSLException when the certificate can't be used */
    static ClientTls of(ClientTlsFiles files, InstantSource clock) throws RefusedCredentialsException, SSLException {
        ServerCertificate certificate = new ServerCertificateParser(
                        new PemFile(TLS_FOLDER, TlsFiles.CERTIFICATE, files.certificate()),
                        new PemFile(TLS_FOLDER, TlsFiles.KEY, files.key()))
                .parse();
        Optional<ChainTrust> trust = files.authorities().isEmpty()
                ? Optional.empty()
                : Optional.of(new ChainTrust(
                        new LinkedHashSet<>(new PemFile(
                                        CA_FOLDER,
                                        TlsFiles.AUTHORITIES,
                                        files.authorities().get())
                                .certificates()),
                        Set.of(ChainTrust.BY_CLIENTS)));
        return new ClientTls(certificate, trust, clock);
    }

    @Override
    public ServerCertificate certificate() {
        return certificate;
    }

    /** Whether a client must show a certificate. */
    public boolean asksForCertificates() {
        return trust.isPresent();
    }

    /** @param threads for what takes long in a handshake: signatures, and looking at certificates */
    public ClientTlsHandler newHandler(ByteBufAllocator allocator, Executor threads) {
        return new ClientTlsHandler(accepting.newEngine(allocator), threads);
    }

    /**
     * Looks at the client once the handshake is done: a session that is taken up again does without its certificate.
     *
     * @throws RefusedConnectionException when it may not be there
     */
    public void check(SSLSession session) throws RefusedConnectionException {
        if (trust.isPresent()) {
            trust.get().require(ChainTrust.chain(session), clock.instant());
        }
    }
}
