package io.serverherd.node.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** TLS 1.3 between servers with one set of credentials: both ends show a certificate. From any thread. */
public final class PeerTls {
    /** What Java and BoringSSL say when the other end sent none; there is no exception of its own. */
    private static final List<String> NO_CERTIFICATE =
            List.of("Empty client certificate chain", "PEER_DID_NOT_RETURN_A_CERTIFICATE");

    private final PeerCredentials credentials;
    private final SslProvider provider;
    private final InstantSource clock;
    private final PeerTrust trust;
    private final SslContext accepting;
    private final SslContext dialling;

    /**
     * @param provider whose TLS it is
     * @throws SSLException when it can't use the credentials
     */
    public PeerTls(PeerCredentials credentials, SslProvider provider, InstantSource clock) throws SSLException {
        this.credentials = credentials;
        this.provider = provider;
        this.clock = clock;
        this.trust = new PeerTrust(credentials.authorities());
        X509Certificate[] chain = credentials.chain().toArray(X509Certificate[]::new);
        accepting =
                context(SslContextBuilder.forServer(credentials.key(), chain).clientAuth(ClientAuth.REQUIRE));
        // Hosts' names don't matter: the identity is checked.
        dialling = context(SslContextBuilder.forClient()
                .keyManager(credentials.key(), chain)
                .endpointIdentificationAlgorithm(null));
    }

    /** Native TLS where there is some for this machine, else Java's, which takes about four times as long. */
    public static SslProvider bestProvider() {
        return OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
    }

    private SslContext context(SslContextBuilder builder) throws SSLException {
        return builder.sslProvider(provider)
                .protocols("TLSv1.3")
                .trustManager(new PeerTrustManager(trust, clock))
                .build();
    }

    public PeerCredentials credentials() {
        return credentials;
    }

    /** @param threads for what takes long in a handshake: signatures, and looking at certificates */
    public SslHandler newAccepting(ByteBufAllocator allocator, Executor threads) {
        return accepting.newHandler(allocator, threads);
    }

    /** @param threads for what takes long in a handshake: signatures, and looking at certificates */
    public SslHandler newDialling(ByteBufAllocator allocator, Executor threads) {
        return dialling.newHandler(allocator, threads);
    }

    /**
     * The name of the server at the other end, once the handshake is done. All is checked here too: a session that is
     * taken up again does without its certificate.
     *
     * @throws RefusedPeerException when it may not be there
     */
    public String peer(SSLSession session) throws RefusedPeerException {
        List<X509Certificate> chain = chain(session);
        Optional<Refusal> wrong = trust.check(chain, clock.instant());
        if (wrong.isPresent()) {
            throw new RefusedPeerException(wrong.get());
        }
        PeerIdentity peer = PeerIdentity.of(chain.get(0))
                .orElseThrow(() -> new RefusedPeerException(Refusal.WRONG_HERD, "its certificate names no server"));
        if (!peer.herd().equals(credentials.identity().herd())) {
            throw new RefusedPeerException(
                    Refusal.WRONG_HERD, "it is " + peer + ", and this is " + credentials.identity());
        }
        return peer.server();
    }

    private static List<X509Certificate> chain(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }

    /** Why a handshake failed. */
    public static RefusedPeerException refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedPeerException refused) {
                return refused;
            }
            if (cause instanceof SslHandshakeTimeoutException) {
                return new RefusedPeerException(Refusal.HANDSHAKE_TIMEOUT);
            }
            if (NO_CERTIFICATE.stream().anyMatch(String.valueOf(cause.getMessage())::contains)) {
                return new RefusedPeerException(Refusal.NO_CERTIFICATE);
            }
        }
        return new RefusedPeerException(Refusal.PROTOCOL, Refusal.PROTOCOL.why() + ": " + failure.getMessage());
    }
}
