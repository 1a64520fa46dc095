package io.serverherd.operator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Duration GOAL = Duration.ofMillis(100);

    @Test
    void saysOfEachFigureWhetherItsGoalIsMet() {
        Report report = new Report("Here.");
        Times quick = times(90);
        Times slow = times(90, 101);

        report.times("quick", quick, GOAL);
        report.times("slow", slow, GOAL);
        report.times("slow by half", slow, Duration.ofMillis(89), Duration.ofMillis(101));
        report.none("lost", 0);
        report.none("broken", 2);
        report.figure("told", "5 MB");
        report.skipped("fleet", "no nodes");

        assertThat(report.text()).isEqualTo("""
                Here.

                | time, ms     | n | p50 | p99 | max | goal                | met |
                |--------------|---|-----|-----|-----|---------------------|-----|
                | quick        | 1 | 90  | 90  | 90  | p99 ≤ 100           | yes |
                | slow         | 2 | 90  | 101 | 101 | p99 ≤ 100           | NO  |
                | slow by half | 2 | 90  | 101 | 101 | p50 ≤ 89, p99 ≤ 101 | NO  |

                | figure | measured | goal | met |
                |--------|----------|------|-----|
                | lost   | 0        | 0    | yes |
                | broken | 2        | 0    | NO  |
                | told   | 5 MB     |      |     |

                SKIPPED: fleet: no nodes
                """);
    }

    private static Times times(int... millis) {
        Times times = new Times();
        for (int each : millis) {
            times.add(Duration.ofMillis(each));
        }
        return times;
    }
}
