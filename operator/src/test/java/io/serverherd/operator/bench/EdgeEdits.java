package io.serverherd.operator.bench;

import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.scenario.HerdManifest;
import io.serverherd.operator.scenario.HerdUnderTest;
import io.serverherd.operator.scenario.ServerUnderTest;
import io.serverherd.operator.scenario.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * Edge edit → both ends connected: an edge across the ring is added, then removed, then the next one, from the request that edits
 * the herd to the answers of both servers that say so. Under traffic at every server, with the floor in between.
 */
final class EdgeEdits {

    private static final String RING = "Alford-Hamilton Alford-Welsh Ball-Holiday Ball-Welsh Hamilton-Holiday";
    private static final List<String> CHORDS =
            List.of("Alford-Ball", "Alford-Holiday", "Ball-Hamilton", "Hamilton-Welsh", "Holiday-Welsh");
    private static final Duration CLIENT_PACE = Duration.ofMillis(20);

    private static final Duration P50 = Duration.ofMillis(800);
    private static final Duration P99 = Duration.ofMillis(1500);
    private static final Duration P99_LOCAL = Duration.ofMillis(300);
    private static final Duration BEYOND_FLOOR = Duration.ofMillis(250);

    private static final int PAUSE_MILLIS = 600;

    private final Bench bench;
    private final Random chance = new Random(1);
    private final Times added = new Times();
    private final Times removed = new Times();
    private final Times all = new Times();
    private final Times said = new Times();
    private final Times floor = new Times();

    EdgeEdits(Bench bench) {
        this.bench = bench;
    }

    void run() throws Exception {
        String namespace = bench.cluster().newNamespace();
        HerdUnderTest herd = bench.herd(namespace, HerdManifest.fiveNodes("edits"));
        herd.apply(herd.manifest());
        herd.awaitReady();
        Map<String, StatusPoll> servers = new HashMap<>();
        for (String name : herd.manifest().serverNames()) {
            servers.put(
                    name,
                    new StatusPoll(
                            bench.cluster().ports().address(herd.server(name).pod(), 12200)));
        }
        Map<String, String> processes = herd.processes();
        Map<String, String> links = links(servers);
        Floor byHand = Floor.start(bench.client(), bench.cluster().ports(), bench.sets(namespace));
        List<Traffic> traffic = new ArrayList<>();
        long dropped;
        try (Watched<ServerHerd> statuses = bench.watchHerds(namespace)) {
            for (String name : herd.manifest().serverNames()) {
                ServerUnderTest server = herd.server(name);
                traffic.add(Traffic.start("client-of-" + name, server.address(), CLIENT_PACE));
            }
            for (int edit = 0; edit < bench.settings().edits(); edit++) {
                pause();
                byHand.edit(floor);
                pause();
                edit(edit, herd, servers, statuses);
                if (edit % 20 == 19) {
                    bench.report()
                            .progress(
                                    "edit %d: the last took %d ms",
                                    edit + 1, all.last().toMillis());
                }
            }
            dropped = traffic.stream()
                    .filter(client -> client.failure().isPresent())
                    .count();
        } finally {
            for (Traffic client : traffic) {
                client.close();
            }
        }
        report();
        bench.report().none("containers started again during the edits", differing(processes, herd.processes()));
        bench.report().none("client connections dropped, of " + traffic.size(), dropped);
        bench.report()
                .none("link ends not edited with another socket, of " + links.size(), differing(links, links(servers)));
        bench.cluster().deleteNamespace(namespace);
    }

    private void edit(int number, HerdUnderTest herd, Map<String, StatusPoll> servers, Watched<ServerHerd> statuses)
            throws InterruptedException {
        String chord = CHORDS.get(number / 2 % CHORDS.size());
        boolean add = number % 2 == 0;
        String[] ends = chord.split("-");
        Instant begun = Instant.now();
        long start = System.nanoTime();
        herd.apply(herd.manifest().edges(add ? RING + " " + chord : RING));
        BiFunction<String, String, CompletableFuture<Long>> seen =
                (at, of) -> CompletableFuture.supplyAsync(() -> servers.get(at)
                        .await(
                                at + (add ? " connected to " : " without ") + of,
                                add ? StatusPoll.connected(of) : StatusPoll.forgot(of)));
        CompletableFuture<Long> one = seen.apply(ends[0], ends[1]);
        CompletableFuture<Long> other = seen.apply(ends[1], ends[0]);
        long end = Math.max(one.join(), other.join());
        all.add(start, end);
        (add ? added : removed).add(start, end);
        if (all.last().compareTo(P50) > 0) {
            bench.report()
                    .progress(
                            "edit %d, of %s, begun at %s, took %d ms",
                            number + 1, chord, begun, all.last().toMillis());
        }
        long generation = number + 2L;
        said.add(
                start,
                statuses.await(
                        "TopologyConverged after edit " + number,
                        herds -> herds.stream()
                                        .allMatch(now -> now.getMetadata().getGeneration() == generation)
                                && Conditions.all(1, "TopologyConverged").test(herds)));
    }

    /** Lest the edits keep step with the kubelet's own beat: without, one follows the other at the same point of it. */
    private void pause() throws InterruptedException {
        Thread.sleep(chance.nextInt(PAUSE_MILLIS));
    }

    private void report() {
        Report report = bench.report();
        if (bench.settings().real()) {
            report.times("edge edit → both ends connected", all, P50, P99);
        } else {
            report.times("edge edit → both ends connected", all, P99_LOCAL);
        }
        report.times("  an edge added → both ends connected", added);
        report.times("  an edge removed → both ends closed", removed);
        report.times("  → the herd's status says TopologyConverged", said);
        report.times("  floor: the same writes by hand, seen in two bare pods", floor);
        beyond("p50", all.p50().minus(floor.p50()));
        beyond("p99", all.p99().minus(floor.p99()));
    }

    private void beyond(String which, Duration more) {
        String what = "edge edit beyond the floor, " + which;
        String measured = more.toMillis() + " ms";
        if (bench.settings().real()) {
            bench.report()
                    .figure(what, measured, "≤ " + BEYOND_FLOOR.toMillis() + " ms", more.compareTo(BEYOND_FLOOR) <= 0);
        } else {
            bench.report().figure(what, measured);
        }
    }

    private static Map<String, String> links(Map<String, StatusPoll> servers) throws Exception {
        Map<String, String> links = new TreeMap<>();
        for (Map.Entry<String, StatusPoll> server : servers.entrySet()) {
            server.getValue().links().forEach((peer, since) -> links.put(server.getKey() + ">" + peer, since));
        }
        return links;
    }

    private static long differing(Map<String, String> before, Map<String, String> after) {
        return before.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(after.get(entry.getKey())))
                .count();
    }
}
