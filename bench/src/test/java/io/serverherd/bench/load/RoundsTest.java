package io.serverherd.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.bench.load.Rounds.Ratio;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private static final double QUIET = 0.05;
    private static final double LOUD = 0.3;

    @Test
    void disturbedRoundsAreLeftOutWhereThereAreEnoughOthers() {
        Rounds rounds = Rounds.of(List.of(round(100, 10, LOUD), round(200, 100, QUIET), round(220, 100, QUIET)), 2);

        assertThat(rounds.rounds()).hasSize(2);
        assertThat(rounds.disturbed()).isZero();
    }

    @Test
    void allRoundsCountWhereTooFewAreQuiet() {
        Rounds rounds = Rounds.of(List.of(round(100, 10, LOUD), round(200, 100, QUIET)), 2);

        assertThat(rounds.rounds()).hasSize(2);
        assertThat(rounds.disturbed()).isEqualTo(1);
        assertThat(rounds.median(0, Window::messages)).isEqualTo(150);
    }

    @Test
    void ratiosAreOfTheSameRound() {
        Rounds rounds = Rounds.of(List.of(round(100, 50, QUIET), round(30, 10, QUIET), round(800, 200, QUIET)), 3);

        assertThat(rounds.median(0, Window::messages)).isEqualTo(100);
        assertThat(rounds.median(1, Window::messages)).isEqualTo(50);
        assertThat(rounds.ratio(0, 1, Window::messages)).isEqualTo(new Ratio(3, 2, 4));
    }

    private static List<Window> round(double one, double other, double others) {
        return List.of(new Window(one, 1, 1, 1, others), new Window(other, 1, 1, 1, 0));
    }
}
