package io.serverherd.node.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/** TLS 1.3 between servers with one set of credentials: both ends show a certificate. */
public final class PeerTls implements ServerTls {
    /** Whoever dials is a client, and each server dials some and waits for others. */
    private static final Set<String> USES = Set.of(ChainTrust.BY_SERVERS, ChainTrust.BY_CLIENTS);

    private final PeerCredentials credentials;
    private final SslProvider provider;
    private final InstantSource clock;
    private final ChainTrust trust;
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
        this.trust = new ChainTrust(credentials.authorities(), USES);
        ServerCertificate own = credentials.own();
        accepting =
                context(SslContextBuilder.forServer(own.key(), own.chainArray()).clientAuth(ClientAuth.REQUIRE));
        // Hosts' names don't matter: the identity is checked.
        dialling = context(SslContextBuilder.forClient()
                .keyManager(own.key(), own.chainArray())
                .endpointIdentificationAlgorithm(null));
    }

    /** Whether neighbours that trust the same CAs will take what this server shows. */
    boolean vouchesForItself() {
        return trust.knows(credentials.own().chain());
    }

    /** Native TLS where there is some for this machine, else Java's, which takes about four times as long. */
    public static SslProvider bestProvider() {
        return OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
    }

    private SslContext context(SslContextBuilder builder) throws SSLException {
        return builder.sslProvider(provider)
                .keyStoreType(ServerCertificate.KEY_STORE)
                .protocols("TLSv1.3")
                .trustManager(new ChainTrustManager(trust, clock))
                .build();
    }

    @Override
    public ServerCertificate certificate() {
        return credentials.own();
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
     * @throws RefusedConnectionException when it may not be there
     */
    public String peer(SSLSession session) throws RefusedConnectionException {
        List<X509Certificate> chain = ChainTrust.chain(session);
        trust.require(chain, clock.instant());
        PeerIdentity peer = PeerIdentity.of(chain.get(0))
                .orElseThrow(
                        () -> new RefusedConnectionException(Refusal.WRONG_HERD, "its certificate names no server"));
        if (!peer.herd().equals(credentials.identity().herd())) {
            throw new RefusedConnectionException(
                    Refusal.WRONG_HERD, "it is " + peer + ", and this is " + credentials.identity());
        }
        return peer.server();
    }
}
