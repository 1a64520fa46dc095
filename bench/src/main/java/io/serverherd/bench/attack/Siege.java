package io.serverherd.bench.attack;

import io.serverherd.bench.load.Comparison;
import io.serverherd.bench.load.Rounds;
import io.serverherd.bench.load.Window;
import io.serverherd.bench.report.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Attacks on one node, one after the other, each by turns with peace. */
final class Siege {
    private static final Duration GLANCE = Duration.ofMillis(250);
    /** A file that was closed is gone at once, but connections of Places' may linger. In seconds. */
    private static final int RECOVERY = 10;

    /** In windows. */
    private static final int REHEARSAL = 6;
    /** It is rehearsed at so many times its pace: compilers count. */
    private static final int HURRY = 4;

    private final Besieged besieged;
    private final Comparison comparison;
    private final Duration patience;

    /** @param patience how long the node may take to put an end to an attack, where it must */
    Siege(Besieged besieged, Comparison comparison, Duration patience) {
        this.besieged = besieged;
        this.comparison = comparison;
        this.patience = patience;
    }

    /** What comes of an attack. It comes once before: virtual machines that learn take memory for good, and time. */
    Outcome measure(Attack attack) throws IOException {
        Plan plan = attack.plan();
        attacked(attack, HURRY, Duration.ZERO, comparison.window().multipliedBy(REHEARSAL));
        Footprint before = besieged.atRest();
        double counted = besieged.node().metric(plan.counter());
        List<Double> rates = new ArrayList<>();
        Rounds rounds = comparison.byTurns(List.of(() -> besieged.honest(lead(), comparison.window()), () -> {
            Attacked attacked = attacked(attack, 1, lead(), comparison.window());
            rates.add(attacked.rate);
            return attacked.window;
        }));
        String grown = hold(attack);
        double count = besieged.node().metric(plan.counter()) - counted;
        String answer = "%s +%,.0f%s%s"
                .formatted(plan.counter().replace("serverherd_", ""), count, and(attack.remark()), and(grown));
        double rate = rates.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        return new Outcome(
                plan.name(),
                plan.goal(),
                Report.number(rate) + " " + plan.unit() + "/s",
                rounds,
                answer,
                before,
                recovered(before));
    }

    /** Has an attack go on for a while, without measuring it; the honest replies are checked all the same. */
    void suffer(Attack attack, Duration time) throws IOException {
        attacked(attack, 1, Duration.ZERO, time);
    }

    /** What honest clients had of it, and how fast the attackers were. */
    private record Attacked(Window window, double rate) {}

    private Attacked attacked(Attack attack, int hurry, Duration lead, Duration measured) throws IOException {
        attack.begin(besieged.node());
        Pace pace = new Pace(attack, hurry);
        Window window;
        try (pace) {
            pace.start();
            window = besieged.honest(lead, measured);
        }
        besieged.awaitAlone();
        return new Attacked(window, pace.perSecond());
    }

    private Duration lead() {
        return comparison.window().dividedBy(10);
    }

    /** Goes on until the node has done what it does only after a while; how far the node's memory grew, where it is asked. */
    private String hold(Attack attack) throws IOException {
        if (attack.isOver(0)) {
            return "";
        }
        Growth growth = new Growth(besieged);
        double counted = besieged.node().metric(attack.plan().counter());
        long end = System.nanoTime() + patience.toNanos();
        attack.begin(besieged.node());
        try (Pace pace = new Pace(attack, 1)) {
            pace.start();
            while (!attack.isOver(besieged.node().metric(attack.plan().counter()) - counted)
                    && System.nanoTime() < end) {
                besieged.honest(Duration.ZERO, GLANCE);
                growth.look();
            }
        }
        besieged.awaitAlone();
        return "RSS meanwhile " + growth.text();
    }

    private static String and(String more) {
        return more.isEmpty() ? "" : "; " + more;
    }

    private Footprint recovered(Footprint before) throws IOException {
        Footprint now = besieged.atRest();
        for (int i = 0; i < RECOVERY && now.files() > before.files(); i++) {
            besieged.honest(Duration.ZERO, Duration.ofSeconds(1));
            now = besieged.atRest();
        }
        return now;
    }
}
