package io.serverherd.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollPaceTest {
    @ParameterizedTest(name = "settled {0}, {1} ms after the last change → {2} ms")
    @CsvSource({
        "false,      0,   75",
        "false,   1500,   75",
        "false,  20000, 1000",
        "false, 100000, 5000",
        "false, 999999, 5000",
        "true,       0, 5000",
    })
    void aServerIsAskedOftenOnlyWhileSomethingIsAboutToChange(boolean settled, long sinceChange, long next) {
        assertThat(PollPace.next(settled, Duration.ofMillis(sinceChange))).isEqualTo(Duration.ofMillis(next));
    }
}
