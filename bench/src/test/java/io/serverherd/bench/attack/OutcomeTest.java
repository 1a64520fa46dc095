package io.serverherd.bench.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.bench.load.Rounds;
import io.serverherd.bench.load.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static final Footprint BEFORE = new Footprint(106, 100 * 1_024);

    @Test
    void p99IsComparedRoundByRound() {
        Outcome outcome = outcome(Attack.COSTS, BEFORE);

        assertThat(outcome.latencies())
                .containsExactly("resets", "7 connections/s", "200", "280", "1.40 (0.50–2.00)", "1.5", "yes");
        assertThat(outcome(Attack.HOLDS, BEFORE).latencies()).last().isEqualTo("no");
    }

    @Test
    void whatTheNodeKeepsIsTold() {
        Outcome outcome = outcome(Attack.COSTS, new Footprint(107, 110 * 1_024));

        assertThat(outcome.traces()).containsExactly("resets", "accepted +7", "106 → 107", "100 → 110");
        assertThat(outcome.recovered()).isFalse();
        assertThat(outcome(Attack.COSTS, BEFORE).recovered()).isTrue();
    }

    private static Outcome outcome(double goal, Footprint after) {
        Rounds rounds = new Rounds(List.of(round(200, 280), round(100, 200), round(800, 400)), 0);
        return new Outcome("resets", goal, "7 connections/s", rounds, "accepted +7", BEFORE, after);
    }

    private static List<Window> round(double without, double with) {
        return List.of(new Window(1, 1, without, 1, 0), new Window(1, 1, with, 1, 0));
    }
}
