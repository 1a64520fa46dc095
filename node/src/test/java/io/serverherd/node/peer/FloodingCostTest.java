package io.serverherd.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.node.peer.SimulatedNetwork.Server;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a report costs in herds of many servers, and how long it takes to be everywhere. */
class FloodingCostTest {
    /** What one hop takes, in microseconds. */
    private static final int HOP = 1_000;

    private static final int SECOND = 1_000_000;
    private static final int REPORTS = 20;

    private final Random random = new Random(1);
    private final SimulatedNetwork network = new SimulatedNetwork(random, () -> HOP);
    private final List<Server> servers = new ArrayList<>();
    private int edges;

    @ParameterizedTest(name = "{1} servers, {0}")
    @CsvSource({
        "line,25",
        "line,100",
        "ring,25",
        "ring,100",
        "grid,25",
        "grid,100",
        "tree,25",
        "tree,100",
        "complete,25",
        "complete,100"
    })
    void aReportCrossesEachEdgeAtMostTwiceAndTakesTheShortestWay(String shape, int size) {
        for (int i = 0; i < size; i++) {
            servers.add(network.add("Server" + i));
        }
        connect(shape, size);
        servers.forEach(Server::applyNeighbours);
        for (int i = 0; i < 100 && !servers.stream().allMatch(Server::settled); i++) {
            network.pass(SECOND / 10);
        }
        assertThat(servers).allMatch(Server::settled);

        int diameter = servers.stream().mapToInt(this::eccentricity).max().orElseThrow();
        long longest = 0;
        long before = lines();
        for (int i = 0; i < REPORTS; i++) {
            Server at = servers.get(random.nextInt(size));
            long start = network.now();
            int clients = i + 1;
            assertThat(at.report("client" + i, "+1-1", "5")).isNotNull();
            while (!servers.stream().allMatch(server -> server.store.size() == clients)) {
                assertThat(network.now() - start).isLessThan(SECOND);
                network.pass(HOP / 20);
            }
            longest = Math.max(longest, network.now() - start);
        }
        network.pass(SECOND / 10);

        double lines = (lines() - before) / (double) REPORTS;
        System.out.println(String.format(
                "%-8s %4d servers %5d edges: %6.0f lines a report (bound %d), everywhere after %.2f hops (diameter %d)",
                shape, size, edges, lines, 2 * edges - (size - 1), longest / (double) HOP, diameter));
        assertThat(lines).isLessThanOrEqualTo(2 * edges - (size - 1));
        assertThat(longest).isLessThanOrEqualTo((long) (diameter * HOP * 1.1));
    }

    private long lines() {
        return servers.stream()
                .mapToLong(server -> server.counters.linesFlooded)
                .sum();
    }

    private void connect(String shape, int size) {
        int side = (int) Math.sqrt(size);
        for (int i = 0; i < size; i++) {
            switch (shape) {
                case "line" -> connect(i, i - 1);
                case "ring" -> connect(i, (i + 1) % size);
                case "grid" -> {
                    connect(i, i % side == 0 ? -1 : i - 1);
                    connect(i, i - side);
                }
                case "tree" -> connect(i, i == 0 ? -1 : (i - 1) / 2);
                case "complete" -> {
                    for (int j = 0; j < i; j++) {
                        connect(i, j);
                    }
                }
                default -> throw new IllegalArgumentException(shape);
            }
        }
    }

    /** No edge where there is no such server. */
    private void connect(int a, int b) {
        if (b >= 0) {
            servers.get(a).neighbours.add(servers.get(b).name);
            servers.get(b).neighbours.add(servers.get(a).name);
            edges++;
        }
    }

    /** How many hops it is to the farthest server. */
    private int eccentricity(Server from) {
        Map<String, Integer> hops = new HashMap<>(Map.of(from.name, 0));
        ArrayDeque<String> next = new ArrayDeque<>(List.of(from.name));
        int farthest = 0;
        while (!next.isEmpty()) {
            String server = next.poll();
            farthest = hops.get(server);
            for (String neighbour : network.servers.get(server).neighbours) {
                if (hops.putIfAbsent(neighbour, farthest + 1) == null) {
                    next.add(neighbour);
                }
            }
        }
        return farthest;
    }
}
