package io.serverherd.bench.attack;

import io.serverherd.bench.load.Rounds;
import io.serverherd.bench.load.Rounds.Ratio;
import io.serverherd.bench.load.Window;
import io.serverherd.bench.report.Report;
import java.util.List;

/**
 * What came of an attack.
 *
 * @param name      of the attack
 * @param goal      how many times longer the p99 may be
 * @param rate      what attackers have done, in words
 * @param rounds    in each a window without and one with it
 * @param answer    what the node did about it, in words
 * @param before    it
 * @param after     it, when the node had time to recover
 */
record Outcome(String name, double goal, String rate, Rounds rounds, String answer, Footprint before, Footprint after) {
    static final List<String> LATENCIES =
            List.of("attack", "attackers do", "p99 without, µs", "with, µs", "with ÷ without", "at most", "met");
    static final List<String> TRACES = List.of("attack", "what the node did", "file descriptors", "RSS, MiB");

    private static final int WITHOUT = 0;
    private static final int WITH = 1;

    /** With the attack by without it. */
    Ratio p99() {
        return rounds.ratio(WITH, WITHOUT, Window::p99);
    }

    /** A row of {@link #LATENCIES}. */
    List<String> latencies() {
        Ratio ratio = p99();
        return Report.row(
                name,
                rate,
                Report.number(rounds.median(WITHOUT, Window::p99)),
                Report.number(rounds.median(WITH, Window::p99)),
                ratio.text(),
                goal,
                ratio.median() <= goal ? "yes" : "no");
    }

    /** A row of {@link #TRACES}. */
    List<String> traces() {
        return Report.row(
                name,
                answer,
                before.files() + " → " + after.files(),
                Report.number(Footprint.mebi(before.rss())) + " → " + Report.number(Footprint.mebi(after.rss())));
    }

    /** Whether the node has given back what the attack made it open. */
    boolean recovered() {
        return after.files() <= before.files();
    }
}
