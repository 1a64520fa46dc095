package io.serverherd.node.tls;

import io.netty.handler.ssl.SslProvider;
import java.time.InstantSource;
import javax.net.ssl.SSLException;
import org.slf4j.spi.LoggingEventBuilder;

/** What this server proves to its neighbours with who it is. A folder that is empty at first is waited for. */
public final class LivePeerCredentials extends LiveCredentials<TlsFiles, PeerTls> {
    private final PeerCredentialsParser parser;
    private final SslProvider provider;
    private final InstantSource clock;

    public LivePeerCredentials(PeerCredentialsParser parser, SslProvider provider, InstantSource clock) {
        super("peer-tls", "no TLS with neighbours");
        this.parser = parser;
        this.provider = provider;
        this.clock = clock;
    }

    @Override
    boolean areToCome(TlsFiles files) {
        return files.absent();
    }

    @Override
    boolean mayKeepLast(TlsFiles files) {
        return true;
    }

    @Override
    PeerTls load(TlsFiles files) throws RefusedCredentialsException, SSLException {
        PeerTls tls = new PeerTls(parser.parse(files), provider, clock);
        if (!tls.vouchesForItself()) {
            throw new RefusedCredentialsException(
                    TlsFiles.CERTIFICATE,
                    "is of no CA in ca.crt, or not for both ends of a connection: no neighbour would take it");
        }
        return tls;
    }

    @Override
    void describe(PeerTls loaded, LoggingEventBuilder entry) {
        entry.addKeyValue("identity", loaded.credentials().identity())
                .addKeyValue("provider", provider)
                .addKeyValue("trust", loaded.credentials().authoritiesHash());
    }
}
