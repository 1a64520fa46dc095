package io.serverherd.node.tls;

import io.netty.handler.ssl.SslProvider;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The credentials in force. A folder that is empty at first is waited for. Files that are broken or gone leave the last good ones in force, and the state says so; links
 * that stand are left alone whatever comes.
 */
public final class LivePeerCredentials {
    private final Logger log = LoggerFactory.getLogger(LivePeerCredentials.class);
    private final PeerCredentialsParser parser;
    private final SslProvider provider;
    private final InstantSource clock;
    private volatile State state = new State(Optional.empty(), null);

    /**
     * @param tls     in force; empty while no files were ever good
     * @param problem what is wrong with the files as they are now; null when nothing is
     */
    public record State(Optional<PeerTls> tls, String problem) {
        public Optional<PeerCredentials> credentials() {
            return tls.map(PeerTls::credentials);
        }
    }

    public LivePeerCredentials(PeerCredentialsParser parser, SslProvider provider, InstantSource clock) {
        this.parser = parser;
        this.provider = provider;
        this.clock = clock;
    }

    /** From any thread. */
    public State state() {
        return state;
    }

    /** Takes in what the files hold now. One thread at a time. */
    public void read(TlsFiles files) {
        if (files.absent() && state.tls().isEmpty()) {
            state = new State(Optional.empty(), null);
            log.atInfo().log("peer-tls.none-yet");
            return;
        }
        try {
            PeerTls tls = new PeerTls(parser.parse(files), provider, clock);
            state = new State(Optional.of(tls), null);
            log.atInfo()
                    .addKeyValue("identity", tls.credentials().identity())
                    .addKeyValue("provider", provider)
                    .addKeyValue("notAfter", tls.credentials().notAfter())
                    .addKeyValue("certificate", tls.credentials().certificateHash())
                    .addKeyValue("trust", tls.credentials().authoritiesHash())
                    .log("peer-tls.loaded");
        } catch (RefusedCredentialsException e) {
            keep(e.getMessage());
        } catch (SSLException e) {
            keep("tls.crt: can't be used for TLS: " + e.getMessage());
        }
    }

    private void keep(String reason) {
        State now = state;
        String consequence = now.credentials()
                .map(last -> "keeping the certificate that ends " + last.notAfter())
                .orElse("no TLS with neighbours until the files are there and right");
        state = new State(now.tls(), reason + "; " + consequence);
        log.atWarn().addKeyValue("problem", state.problem()).log("peer-tls.refused");
    }
}
