package io.serverherd.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void chanceMakesAWaitUpToAFifthShorter() {
        assertThat(new Backoff(() -> 0.0).next()).isEqualTo(100);
        assertThat(new Backoff(() -> 0.5).next()).isEqualTo(90);
        assertThat(new Backoff(() -> 1.0).next()).isEqualTo(80);
    }

    @Test
    void waitsNeverExceedFiveSeconds() {
        Backoff backoff = new Backoff(() -> 0.0);

        for (int i = 0; i < 100; i++) {
            assertThat(backoff.next()).isBetween(100L, 5_000L);
        }
    }

    @Test
    void aResetStartsAnew() {
        Backoff backoff = new Backoff(() -> 0.0);
        backoff.next();
        backoff.next();
        assertThat(backoff.fresh()).isFalse();

        backoff.reset();

        assertThat(backoff.fresh()).isTrue();
        assertThat(backoff.next()).isEqualTo(100);
    }
}
