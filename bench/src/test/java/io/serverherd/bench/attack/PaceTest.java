package io.serverherd.bench.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.serverherd.bench.load.NodeServer;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final AtomicInteger acts = new AtomicInteger();
    private final AtomicInteger ends = new AtomicInteger();

    @Test
    void actsComeAtTheirPaceAndNotFaster() throws IOException {
        Pace pace = new Pace(new Trying(200), 2);
        pace.start();
        await().until(() -> acts.get() >= 20);
        pace.close();

        assertThat(pace.perSecond()).isPositive().isLessThanOrEqualTo(2 * 2 * 220);
        assertThat(ends).hasValue(1);
    }

    @Test
    void whatTheNodeFailedToDoIsTold() {
        Pace pace = new Pace(new Trying(3), 1);
        pace.start();
        await().until(() -> acts.get() > 3);

        assertThatThrownBy(pace::close).isInstanceOf(IOException.class).hasMessage("trying: no answer");
        assertThat(ends).hasValue(1);
    }

    /** Fails after so many acts, each of two units. */
    private final class Trying implements Attack {
        private final int most;

        Trying(int most) {
            this.most = most;
        }

        @Override
        public Plan plan() {
            return new Plan("trying", HOLDS, 200, "tries", "none");
        }

        @Override
        public void begin(NodeServer node) {
            // Nothing to open.
        }

        @Override
        public int act() throws IOException {
            if (acts.incrementAndGet() > most) {
                throw new IOException("no answer");
            }
            return 2;
        }

        @Override
        public void end() {
            ends.incrementAndGet();
        }
    }
}
