package io.serverherd.node;

import static io.serverherd.node.TlsHerd.at;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serverherd.node.net.Transport;
import io.serverherd.node.tls.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An edge that comes to require TLS, or to go without, while records flow. */
class PeerTlsSwitchTest {
    private final TlsHerd herd = new TlsHerd(Transport.EPOLL.orNextBest());

    @AfterEach
    void end() {
        herd.end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Alford", "Ball"})
    void anEdgeIsSwitchedUnderTrafficInEitherOrder(String first) throws Exception {
        herd.linked(false);
        TlsHerd.Server alford = herd.server("Alford");
        TlsHerd.Server ball = herd.server("Ball");
        Traffic traffic = new Traffic(alford);
        Gaps gaps = new Gaps(alford, "Ball");

        for (boolean with : new boolean[] {true, false}) {
            herd.link("Alford", "Ball", with);
            herd.apply(first);
            gaps.awaitLooks(20);
            herd.apply(first.equals("Alford") ? "Ball" : "Alford");
            await().until(() -> alford.peer("Ball").tls() == with
                    && alford.connected("Ball")
                    && ball.peer("Alford").tls() == with
                    && ball.connected("Alford"));
        }

        Duration longest = gaps.longest();
        herd.assertAllAgree(traffic.end());
        assertThat(longest).isLessThan(Duration.ofSeconds(1));
        // Nothing but the two replacements.
        assertThat(alford.counters.linksOpened).isEqualTo(3);
    }

    @Test
    void aPlainLinkThatIsNotReplacedIsClosedWhereTlsIsRequired() throws Exception {
        herd.linked(false);
        TlsHerd.Server ball = herd.server("Ball");

        ball.apply(List.of(at("Alford", 1, true)));

        await().atMost(10, SECONDS).until(() -> !ball.connected("Alford"));
        await().until(() -> ball.refused(Refusal.PLAIN) > 0);
        herd.link("Alford", "Ball", true);
        herd.apply();
        herd.awaitLinks();
    }

    /** Measures for how long an edge is down. */
    private static final class Gaps implements Runnable {
        private static final long MILLISECOND = 1_000_000;

        private final ServerUnderTest of;
        private final String neighbour;
        private final Thread thread = new Thread(this, "gaps");
        private volatile boolean ended;
        private volatile int looks;
        private Duration longest = Duration.ZERO;

        Gaps(ServerUnderTest of, String neighbour) {
            this.of = of;
            this.neighbour = neighbour;
            thread.start();
        }

        @Override
        public void run() {
            long lastUp = System.nanoTime();
            while (!ended) {
                if (of.connected(neighbour)) {
                    lastUp = System.nanoTime();
                } else if (System.nanoTime() - lastUp > longest.toNanos()) {
                    longest = Duration.ofNanos(System.nanoTime() - lastUp);
                }
                looks++;
                // The loop that it asks has other things to do.
                LockSupport.parkNanos(MILLISECOND);
            }
        }

        /** Time enough for what the edge is about to do on one end's word alone. */
        void awaitLooks(int more) {
            int now = looks;
            await().until(() -> looks >= now + more);
        }

        Duration longest() throws InterruptedException {
            ended = true;
            thread.join();
            return longest;
        }
    }
}
