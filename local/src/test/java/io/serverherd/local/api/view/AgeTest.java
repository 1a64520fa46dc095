package io.serverherd.local.api.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeTest {

    @ParameterizedTest
    @CsvSource({
        "PT-5S, <invalid>",
        "PT-1S, 0s",
        "PT0S, 0s",
        "PT119S, 119s",
        "PT120S, 2m",
        "PT7M30S, 7m30s",
        "PT10M30S, 10m",
        "PT2H59M, 179m",
        "PT3H20M, 3h20m",
        "PT8H20M, 8h",
        "PT47H59M, 47h",
        "PT50H, 2d2h",
        "P8D, 8d",
        "P729D, 729d",
        "P740D, 2y10d",
        "P3000D, 8y"
    })
    void isAsShortAsUsersReadIt(Duration age, String text) {
        assertThat(Age.of(age)).isEqualTo(text);
    }

    @Test
    void isUnknownWithoutATime() {
        Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:01:00Z"), ZoneOffset.UTC);

        assertThat(Age.of("", clock)).isEqualTo("<unknown>");
        assertThat(Age.of("yesterday", clock)).isEqualTo("<invalid>");
        assertThat(Age.of("2026-01-01T00:00:00Z", clock)).isEqualTo("60s");
    }
}
