package io.serverherd.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @ParameterizedTest
    @ValueSource(longs = {1, 127, 128, 255, 256, 1_000, 123_456, 987_654_321, 3_600_000_000_000L})
    void aTimeIsKeptToOnePercent(long nanos) {
        latencies.add(nanos);

        assertThat(latencies.percentile(50) * 1_000).isCloseTo(nanos, Percentage.withPercentage(nanos < 128 ? 50 : 1));
    }

    @Test
    void percentilesAreOfTheNearestRank() {
        for (int i = 1; i <= 1_000; i++) {
            latencies.add(i * 1_000L);
        }

        assertThat(latencies.count()).isEqualTo(1_000);
        assertThat(latencies.percentile(50)).isCloseTo(500, Percentage.withPercentage(1));
        assertThat(latencies.percentile(99)).isCloseTo(990, Percentage.withPercentage(1));
        assertThat(latencies.percentile(100)).isCloseTo(1_000, Percentage.withPercentage(1));
    }

    @Test
    void nothingIsNoTime() {
        latencies.add(5_000);
        latencies.clear();

        assertThat(latencies.count()).isZero();
        assertThat(latencies.percentile(99)).isZero();
    }
}
