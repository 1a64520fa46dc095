package io.serverherd.bench.attack;

import io.serverherd.bench.load.Comparison;
import io.serverherd.bench.load.NodeProgram;
import io.serverherd.bench.load.NodeServer;
import io.serverherd.bench.load.Processors;
import io.serverherd.bench.load.Rounds;
import io.serverherd.bench.report.Report;
import io.serverherd.bench.tls.Authority;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What honest clients of a node feel while others misbehave.
 *
 * @param stall    how long a neighbour does not read, in the end
 * @param patience how long the node may take to put an end to what it must
 */
public record UnderAttack(Comparison comparison, Duration stall, Duration patience) {
    /** Returns whether all is well but for the latencies, which may be the machine's. */
    public boolean measure(NodeProgram program, Processors processors, Path folder, Report report) throws IOException {
        if (!Strangers.areThere()) {
            report.note("SKIPPED: only 127.0.0.1 is an address of this machine's loopback, and attackers need others");
            return true;
        }
        Authority authority = new Authority();
        Path certificates = folder.resolve("certificates").toAbsolutePath();
        authority.certify(NodeServer.HERD, NodeServer.ALONE, certificates);
        NodeProgram certified = program.with(program.name(), "HERD_TLS_DIR", certificates.toString());
        List<Attack> attacks = attacks(authority);
        List<Outcome> outcomes = new ArrayList<>();
        try (Besieged besieged = new Besieged(certified, processors, folder)) {
            besieged.warmUp(comparison.warmUp());
            report.note("Honest clients: 50 connections, %,d requests a second, each when it is due."
                    .formatted(besieged.perSecond()));
            Siege siege = new Siege(besieged, comparison, patience);
            for (Attack attack : attacks) {
                add(siege.measure(attack), outcomes, report);
            }
            try (Stall stalled = new Stall(besieged)) {
                Comparison longer =
                        new Comparison(comparison.rounds(), comparison.window().multipliedBy(2), comparison.warmUp());
                add(stalled.measure(longer, stall), outcomes, report);
            }
        }
        report.table(
                Outcome.LATENCIES, outcomes.stream().map(Outcome::latencies).toList());
        report.table(Outcome.TRACES, outcomes.stream().map(Outcome::traces).toList());
        Rounds.tellDisturbed(
                outcomes.stream()
                        .mapToInt(outcome -> outcome.rounds().disturbed())
                        .sum(),
                outcomes.stream()
                        .mapToInt(outcome -> outcome.rounds().rounds().size())
                        .sum(),
                report);
        long leaks = new LeakHunt(certified, processors, folder).leaks(comparison.window(), patience, attacks);
        report.note("The same once more with Netty's leak detection at its most careful: %d leaks.".formatted(leaks));
        return leaks == 0 && outcomes.stream().allMatch(Outcome::recovered);
    }

    private static void add(Outcome outcome, List<Outcome> outcomes, Report report) {
        outcomes.add(outcome);
        report.progress(
                "%s: %s (%s), p99 with ÷ without %s",
                outcome.name(), outcome.answer(), outcome.rate(), outcome.p99().text());
    }

    private static List<Attack> attacks(Authority authority) throws IOException {
        return List.of(
                new EndlessLine(),
                new LongLines(),
                new SlowWriters(),
                new NeverReads(),
                BeyondCaps.ofOneAddress(),
                BeyondCaps.ofAll(),
                new Resets(),
                new HalfCloses(),
                new HandshakeStorm(authority),
                SlowPlaces.late(),
                SlowPlaces.hanging());
    }
}
