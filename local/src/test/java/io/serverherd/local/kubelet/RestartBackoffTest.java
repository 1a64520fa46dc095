package io.serverherd.local.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {

    private static final Duration SHORT = Duration.ofSeconds(1);

    private final RestartBackoff backoff = new RestartBackoff();

    @Test
    void theFirstRestartIsImmediateAndTheWaitDoublesUpToThirtySeconds() {
        List<Long> seconds = Stream.generate(() -> backoff.afterRunOf(SHORT).toSeconds())
                .limit(8)
                .toList();

        assertThat(seconds).containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void aStableRunStartsTheSeriesAnew() {
        backoff.afterRunOf(SHORT);
        backoff.afterRunOf(SHORT);

        assertThat(backoff.afterRunOf(Duration.ofMinutes(1))).isZero();
        assertThat(backoff.afterRunOf(SHORT)).isEqualTo(Duration.ofSeconds(1));
    }
}
