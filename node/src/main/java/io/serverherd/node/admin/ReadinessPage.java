package io.serverherd.node.admin;

import io.serverherd.node.config.LiveConfig;
import io.serverherd.node.herd.HerdSnapshot;
import io.serverherd.node.tls.LiveClientCredentials;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code /readyz}: whether clients are well served here. A server is, once it has a configuration and has caught up with
 * a neighbour; where no neighbour answers it serves alone after a short wait, since a herd must come up from nothing, and
 * after a long one where they answer but it does not catch up.
 */
public final class ReadinessPage implements Page {
    private static final Duration WAIT_FOR_NEIGHBOURS = Duration.ofSeconds(2);
    private static final Duration WAIT_FOR_RECORDS = Duration.ofSeconds(30);

    private final LiveConfig config;
    private final Optional<LiveClientCredentials> clientTls;
    private final HerdProbe herd;
    private final Clock clock;
    private final Instant start;
    private volatile boolean stopping;

    /**
     * Made when the ports are open.
     *
     * @param clientTls empty: clients are without TLS
     */
    public ReadinessPage(LiveConfig config, Optional<LiveClientCredentials> clientTls, HerdProbe herd, Clock clock) {
        this.config = config;
        this.clientTls = clientTls;
        this.herd = herd;
        this.clock = clock;
        this.start = clock.instant();
    }

    /** From now on the answer is no. */
    public void stopping() {
        stopping = true;
    }

    @Override
    public Answer answer() throws InterruptedException {
        LiveConfig.State state = config.state();
        if (stopping) {
            return Answer.line(503, "stopping");
        }
        if (!state.loaded()) {
            return Answer.line(503, "no configuration: " + state.error());
        }
        Optional<String> shut = clientTls
                .map(LiveClientCredentials::state)
                .filter(tls -> tls.tls().isEmpty())
                .map(LiveClientCredentials.State::problem);
        if (shut.isPresent()) {
            return Answer.line(503, "no TLS for clients: " + shut.get());
        }
        if (state.config().neighbours().isEmpty() || waited(WAIT_FOR_RECORDS)) {
            return Answer.line(200, "ok");
        }
        Optional<HerdSnapshot> snapshot = herd.snapshot();
        if (snapshot.isEmpty()) {
            return Answer.line(503, "the event loop does not answer");
        }
        boolean alone =
                waited(WAIT_FOR_NEIGHBOURS) && snapshot.get().peers().stream().noneMatch(HerdSnapshot.Peer::connected);
        return alone || snapshot.get().reconciled()
                ? Answer.line(200, "ok")
                : Answer.line(503, "not reconciled with a neighbour yet");
    }

    private boolean waited(Duration wait) {
        return Duration.between(start, clock.instant()).compareTo(wait) >= 0;
    }
}
