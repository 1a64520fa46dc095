package io.serverherd.node.places;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitTest {
    private long nanos = Long.MAX_VALUE - 1_000;
    private final Circuit circuit = new Circuit(() -> nanos);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            circuit.failed(Duration.ZERO);
        }
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void fiveFailuresInARowOpenIt() {
        fail(4);
        assertThat(circuit.mayAsk()).isTrue();

        fail(1);

        assertThat(circuit.isOpen()).isTrue();
        assertThat(circuit.mayAsk()).isFalse();
        assertThat(circuit.openFor()).isEqualTo(Circuit.FIRST_PAUSE);
    }

    @Test
    void anAnswerBetweenFailuresKeepsItClosed() {
        for (int i = 0; i < 10; i++) {
            fail(4);
            circuit.answered();
        }

        assertThat(circuit.mayAsk()).isTrue();
    }

    @Test
    void afterThePauseOneAtATimeTries() {
        fail(5);
        pass(Circuit.FIRST_PAUSE.minusNanos(1));
        assertThat(circuit.mayAsk()).isFalse();

        pass(Duration.ofNanos(1));

        assertThat(circuit.mayAsk()).isTrue();
        assertThat(circuit.mayAsk()).isFalse();
        assertThat(circuit.isOpen()).isTrue();
    }

    @Test
    void whoWasToTryAndHasNotLeavesItToTheNext() {
        fail(5);
        pass(Circuit.FIRST_PAUSE);
        circuit.mayAsk();

        circuit.notTried();

        assertThat(circuit.isOpen()).isTrue();
        assertThat(circuit.mayAsk()).isTrue();
        assertThat(circuit.mayAsk()).isFalse();
    }

    @Test
    void anAnswerClosesIt() {
        fail(5);
        pass(Circuit.FIRST_PAUSE);
        circuit.mayAsk();

        circuit.answered();

        assertThat(circuit.isOpen()).isFalse();
        assertThat(circuit.mayAsk()).isTrue();
        fail(4);
        assertThat(circuit.mayAsk()).isTrue();
    }

    @Test
    void eachTryThatFailsDoublesThePauseUpToTheLongest() {
        fail(5);
        for (int seconds : new int[] {1, 2, 4, 8, 10, 10}) {
            assertThat(circuit.openFor()).isEqualTo(Duration.ofSeconds(seconds));
            pass(Duration.ofSeconds(seconds));
            assertThat(circuit.mayAsk()).isTrue();
            fail(1);
            assertThat(circuit.mayAsk()).isFalse();
        }
        circuit.answered();
        fail(5);
        assertThat(circuit.openFor()).isEqualTo(Circuit.FIRST_PAUSE);
    }

    @Test
    void whoAsksToWaitIsLeftAloneAtOnceAndAsLong() {
        circuit.failed(Duration.ofSeconds(7));

        pass(Duration.ofMillis(6_999));
        assertThat(circuit.mayAsk()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(circuit.mayAsk()).isTrue();
    }

    @Test
    void aWishIsBounded() {
        circuit.failed(Duration.ofSeconds(999_999_999));

        assertThat(circuit.openFor()).isEqualTo(Circuit.LONGEST_WISH);
    }
}
