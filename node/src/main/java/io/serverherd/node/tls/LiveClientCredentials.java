package io.serverherd.node.tls;

import java.time.InstantSource;
import javax.net.ssl.SSLException;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What this server shows to clients, and what it asks of them. Until there is some nobody is let in, and again when the
 * CAs of clients are gone: whom to believe is then not known.
 */
public final class LiveClientCredentials extends LiveCredentials<ClientTlsFiles, ClientTls> {
    private final InstantSource clock;

    public LiveClientCredentials(InstantSource clock) {
        super("client-tls", "no client is let in");
        this.clock = clock;
    }

    @Override
    boolean areToCome(ClientTlsFiles files) {
        return false;
    }

    @Override
    boolean mayKeepLast(ClientTlsFiles files) {
        return !files.lacksAuthorities();
    }

    @Override
    ClientTls load(ClientTlsFiles files) throws RefusedCredentialsException, SSLException {
        return ClientTls.of(files, clock);
    }

    @Override
    void describe(ClientTls loaded, LoggingEventBuilder entry) {
        entry.addKeyValue("asksForCertificates", loaded.asksForCertificates());
    }
}
