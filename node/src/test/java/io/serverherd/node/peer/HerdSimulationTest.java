package io.serverherd.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.node.herd.Records;
import io.serverherd.node.peer.SimulatedNetwork.Server;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What servers hold after all that can happen to them, once it no longer does. A run is replayed by its seed:
 * {@code -Dsimulation.seed=…}; {@code -Dsimulation.runs=…} makes more of them.
 */
class HerdSimulationTest {
    private static final int RUNS = Integer.getInteger("simulation.runs", 600);
    /** In microseconds. */
    private static final int SECOND = 1_000_000;

    /** For links that back off, greet, notice that they are dead and reconcile. */
    private static final int LONGEST_WAY_BACK = 60 * SECOND;

    @Test
    void serversThatReachEachOtherEndUpWithTheSameRecords() {
        Long replayed = Long.getLong("simulation.seed");
        long first = replayed == null ? System.nanoTime() : replayed;
        for (long seed = first; seed < first + (replayed == null ? RUNS : 1); seed++) {
            try {
                new Run(seed).run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("replay with -Dsimulation.seed=" + seed, e);
            }
        }
    }

    /** One herd's life. */
    private static final class Run {
        private final Random random;
        private final SimulatedNetwork network;
        private final List<Server> servers = new ArrayList<>();
        /** Names of two servers, the lesser one first. */
        private final Set<List<String>> edges = new TreeSet<>(Comparator.comparing(List::toString));

        private final Map<String, List<String>> disks = new HashMap<>();
        /** All that was news where it was reported, and the winner of each client. */
        private final Set<String> reported = new LinkedHashSet<>();

        private final Map<String, String> winners = new TreeMap<>();
        /** A server lost its memory. */
        private boolean lossy;

        Run(long seed) {
            random = new Random(seed);
            network = new SimulatedNetwork(random, () -> 100 + random.nextInt(20_000));
            int size = 2 + random.nextInt(6);
            for (int i = 0; i < size; i++) {
                servers.add(network.add("Server" + (char) ('A' + i)));
            }
        }

        void run() {
            for (int i = 0; i < 2 * servers.size(); i++) {
                toggleEdge();
            }
            for (int i = 0; i < 80; i++) {
                network.pass(random.nextInt(SECOND / 2));
                disturb();
            }
            network.healAll();
            servers.stream().filter(server -> !server.up()).forEach(this::start);
            Map<Set<Server>, Map<String, String>> held = new HashMap<>();
            components().forEach(component -> held.put(component, held(component)));

            long begin = network.now();
            while (!isQuiet()) {
                assertThat(network.now() - begin)
                        .as(() -> "time to settle: " + servers)
                        .isLessThan(LONGEST_WAY_BACK);
                network.pass(SECOND / 10);
            }

            held.forEach(this::check);
        }

        private void disturb() {
            Server server = servers.get(random.nextInt(servers.size()));
            switch (random.nextInt(16)) {
                case 0 -> toggleEdge();
                case 1 -> network.partition(server.name, anyOther(server).name);
                case 2 -> network.heal(server.name, anyOther(server).name);
                case 3 -> killOrStart(server);
                case 4 -> server.stall(random.nextInt(8 * SECOND));
                case 5 -> report(server, 300, 1_000);
                case 6 -> repeat(server);
                case 7 -> switchTls();
                default -> report(server, 1 + random.nextInt(4), 5);
            }
        }

        private Server anyOther(Server server) {
            Server other = servers.get(random.nextInt(servers.size() - 1));
            return other == server ? servers.get(servers.size() - 1) : other;
        }

        /** The two ends hear of it one after the other. */
        private void toggleEdge() {
            Server a = servers.get(random.nextInt(servers.size()));
            Server b = anyOther(a);
            List<String> edge = a.name.compareTo(b.name) < 0 ? List.of(a.name, b.name) : List.of(b.name, a.name);
            boolean added = edges.add(edge);
            if (!added) {
                edges.remove(edge);
            }
            configure(a, b, added);
            network.pass(random.nextInt(7 * SECOND));
            configure(b, a, added);
        }

        private static void configure(Server server, Server neighbour, boolean added) {
            if (added) {
                server.neighbours.add(neighbour.name);
            } else {
                server.neighbours.remove(neighbour.name);
            }
            server.applyNeighbours();
        }

        /** As {@link #toggleEdge}. An edge may be gone meanwhile: what it is with counts when it is back. */
        private void switchTls() {
            Server a = servers.get(random.nextInt(servers.size()));
            Server b = anyOther(a);
            boolean with = !a.withTls.contains(b.name);
            switchTls(a, b, with);
            network.pass(random.nextInt(7 * SECOND));
            switchTls(b, a, with);
        }

        private static void switchTls(Server server, Server neighbour, boolean with) {
            if (with) {
                server.withTls.add(neighbour.name);
            } else {
                server.withTls.remove(neighbour.name);
            }
            server.applyNeighbours();
        }

        private void killOrStart(Server server) {
            if (!server.up()) {
                start(server);
                return;
            }
            List<String> held = server.kill();
            boolean hasDisk = random.nextBoolean();
            disks.put(server.name, hasDisk ? held : List.of());
            lossy |= !hasDisk;
        }

        private void start(Server server) {
            server.start(disks.remove(server.name));
        }

        /** It sends once more what it may have sent before: a record that it holds, or an older one of the client. */
        private void repeat(Server server) {
            if (!server.up() || server.store.size() == 0) {
                return;
            }
            List<String> records = server.records();
            String held = records.get(random.nextInt(records.size()));
            List<String> sent = reported.stream()
                    .filter(line -> client(line).equals(client(held))
                            && Records.winner(held, line).equals(held))
                    .toList();
            server.repeat(sent.get(random.nextInt(sent.size())));
        }

        /** Few clients, times and spellings of times where there are few reports, so that ties are common. */
        private void report(Server server, int reports, int clients) {
            for (int i = 0; i < reports && server.up(); i++) {
                String time = random.nextInt(100) + (random.nextBoolean() ? "" : random.nextBoolean() ? ".0" : ".50");
                String location = "+" + random.nextInt(3) + "-" + random.nextInt(3);
                String line = server.report("client" + random.nextInt(clients), location, time);
                if (line != null) {
                    reported.add(line);
                    winners.merge(client(line), line, Records::winner);
                }
            }
        }

        /** What a component must not lose any more, by client; what another one holds can't get there. */
        private static Map<String, String> held(Set<Server> component) {
            Map<String, String> held = new HashMap<>();
            for (Server server : component) {
                server.records().forEach(line -> held.merge(client(line), line, Records::winner));
            }
            return held;
        }

        /** All links are live, and nothing but their heartbeat goes over them. */
        private boolean isQuiet() {
            if (!servers.stream().allMatch(Server::settled)) {
                return false;
            }
            for (Set<Server> component : components()) {
                if (component.stream()
                                .map(server -> server.store.digest())
                                .distinct()
                                .count()
                        > 1) {
                    return false;
                }
            }
            return true;
        }

        private List<Set<Server>> components() {
            List<Set<Server>> components = new ArrayList<>();
            Set<Server> left = new HashSet<>(servers);
            while (!left.isEmpty()) {
                Set<Server> component = new TreeSet<>(Comparator.comparing(server -> server.name));
                add(left.iterator().next(), component);
                left.removeAll(component);
                components.add(component);
            }
            return components;
        }

        private void add(Server server, Set<Server> component) {
            if (component.add(server)) {
                server.neighbours.forEach(neighbour -> add(network.servers.get(neighbour), component));
            }
        }

        private void check(Set<Server> component, Map<String, String> held) {
            Set<String> records = new TreeSet<>(component.iterator().next().records());
            for (Server server : component) {
                assertThat(new TreeSet<>(server.records())).as(server.name).isEqualTo(records);
            }
            assertThat(reported).containsAll(records);
            Map<String, String> byClient = new HashMap<>();
            records.forEach(line -> byClient.put(client(line), line));
            held.forEach((client, line) -> assertThat(Records.winner(byClient.get(client), line))
                    .as("what was held is still there, or newer")
                    .isEqualTo(byClient.get(client)));
            if (!lossy && component.size() == servers.size()) {
                assertThat(byClient).isEqualTo(winners);
            }
        }

        private static String client(String line) {
            return line.split(" ")[3];
        }
    }
}
