package io.serverherd.node.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReceiveClockTest {
    private Instant wall = Instant.ofEpochSecond(1_700_000_000L, 999_999_999);
    private long nanoTime = -5;
    private final ReceiveClock clock = new ReceiveClock(() -> wall, () -> nanoTime);

    @Test
    void itShowsTheWallClockToTheNanosecond() {
        clock.tick();

        assertThat(clock.seconds()).isEqualTo(1_700_000_000L);
        assertThat(clock.nanos()).isEqualTo(999_999_999);
    }

    @Test
    void betweenTwoLooksAtTheWallClockTheMonotonicOneTellsWhatHasPassed() {
        nanoTime += 2;
        clock.tick();

        assertThat(clock.seconds()).isEqualTo(1_700_000_001L);
        assertThat(clock.nanos()).isEqualTo(1);
    }

    @Test
    void aWallClockThatWasSetIsFollowedWithinASecond() {
        wall = Instant.ofEpochSecond(1_600_000_000L);
        nanoTime += 1_000_000_000;
        clock.tick();

        assertThat(clock.seconds()).isEqualTo(1_600_000_000L);
        assertThat(clock.nanos()).isZero();
    }
}
