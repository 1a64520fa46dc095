package io.serverherd.node.places;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120                             | 120",
                "0                               | 0",
                "999999999                       | 999999999",
                "9999999999                      | 0",
                "-1                              | 0",
                "1.5                             | 0",
                "soon                            | 0",
                "''                              | 0",
                "Thu, 01 Jan 2026 00:01:30 GMT   | 90",
                "Wed, 31 Dec 2025 23:59:59 GMT   | 0",
                "Thu, 32 Jan 2026 00:01:30 GMT   | 0",
            })
    void itIsSecondsOrADate(String header, long seconds) {
        assertThat(RetryAfter.of(header, NOW)).isEqualTo(Duration.ofSeconds(seconds));
    }
}
