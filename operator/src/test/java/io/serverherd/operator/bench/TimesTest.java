package io.serverherd.operator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimesTest {

    @Test
    void percentilesAreTimesThatOccurred() {
        Times times = new Times();
        IntStream.rangeClosed(1, 200).map(i -> 201 - i).forEach(millis -> times.add(Duration.ofMillis(millis)));

        assertThat(times.p50()).isEqualTo(Duration.ofMillis(100));
        assertThat(times.p99()).isEqualTo(Duration.ofMillis(198));
        assertThat(times.max()).isEqualTo(Duration.ofMillis(200));
        assertThat(times.last()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void ofOneTimeAllAreThatOne() {
        Times times = new Times();
        times.add(0, 7_000_000);

        assertThat(times.p50())
                .isEqualTo(Duration.ofMillis(7))
                .isEqualTo(times.p99())
                .isEqualTo(times.max());
    }
}
