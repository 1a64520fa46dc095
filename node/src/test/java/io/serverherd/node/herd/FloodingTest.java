package io.serverherd.node.herd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloodingTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void allServersAgreeWhateverTheOrderOfReportsAndTheCutsOfLinks(int round) {
        for (int i = 0; i < 60; i++) {
            long seed = System.nanoTime() * 3 + round;
            Random random = new Random(seed);
            SimulatedHerd herd = new SimulatedHerd(2 + random.nextInt(6), random);
            Map<String, String> winners = new TreeMap<>();

            for (int n = 0; n < 400; n++) {
                disturb(herd, random, winners);
            }
            for (int server = 1; server < herd.servers.size(); server++) {
                herd.connect(server - 1, server);
            }
            herd.settle();

            assertThat(herd.reconciled()).as("seed %d", seed).isTrue();
            for (SimulatedHerd.Server server : herd.servers) {
                assertThat(Records.all(server.store))
                        .as("%s, seed %d", server.name, seed)
                        .isEqualTo(new TreeSet<>(winners.values()));
                assertThat(server.store.digest())
                        .as("digest of %s, seed %d", server.name, seed)
                        .isEqualTo(herd.servers.get(0).store.digest());
            }
        }
    }

    /** One thing that happens: a report, a line that arrives, an edge that is cut or comes back. */
    private static void disturb(SimulatedHerd herd, Random random, Map<String, String> winners) {
        int size = herd.servers.size();
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> report(herd.servers.get(random.nextInt(size)), random, winners);
            case 3 -> herd.connect(random.nextInt(size), random.nextInt(size));
            case 4 -> {
                if (!herd.edges.isEmpty() && random.nextInt(3) == 0) {
                    List<String> edges = new ArrayList<>(herd.edges.keySet());
                    herd.cut(edges.get(random.nextInt(edges.size())));
                }
            }
            default -> herd.step();
        }
    }

    /** Few clients, times and spellings of times, so that ties are common. The model hears of it only if it was stored. */
    private static void report(SimulatedHerd.Server server, Random random, Map<String, String> winners) {
        String client = "client" + random.nextInt(5);
        String time = random.nextInt(30) + (random.nextBoolean() ? "" : random.nextBoolean() ? ".0" : ".50");
        String location = "+" + random.nextInt(3) + "-" + random.nextInt(3);
        String difference = "+" + random.nextInt(3) + ".5";
        server.report(difference, client, location, time);

        String line = String.join(" ", "AT", server.name, difference, client, location, time);
        if (line.equals(Records.find(server.store, client))) {
            winners.merge(client, line, Records::winner);
        }
    }

    @Test
    void oneRecordCostsAtMostTwoLinesAnEdgeLessTheTree() {
        for (int i = 0; i < 300; i++) {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            SimulatedHerd herd = new SimulatedHerd(1 + random.nextInt(12), random);
            int size = herd.servers.size();
            for (int server = 1; server < size; server++) {
                herd.connect(server, random.nextInt(server));
            }
            for (int extra = random.nextInt(2 * size); extra > 0; extra--) {
                herd.connect(random.nextInt(size), random.nextInt(size));
            }
            herd.settle();
            herd.recordLines = 0;

            herd.servers.get(random.nextInt(size)).report("+0.1", "kiwi", "+1+1", "5");
            herd.settle();

            assertThat(herd.recordLines)
                    .as("%d servers, %d edges, seed %d", size, herd.edges.size(), seed)
                    .isLessThanOrEqualTo(2 * herd.edges.size() - (size - 1));
            assertThat(herd.servers).as("seed %d", seed).allMatch(s -> Records.find(s.store, "kiwi") != null);
        }
    }

    @Test
    void aServerThatWasAwayCatchesUpWhenItsLinkIsBack() {
        SimulatedHerd herd = new SimulatedHerd(3, new Random(1));
        herd.connect(0, 1);
        herd.settle();
        Map<String, String> expected = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            herd.servers.get(0).report("+0.1", "client" + i, "+1+1", "5");
            expected.put("client" + i, "");
        }
        herd.servers.get(2).report("+0.1", "lonely", "+1+1", "5");
        herd.settle();

        herd.connect(1, 2);
        herd.settle();

        for (SimulatedHerd.Server server : herd.servers) {
            assertThat(server.store.size()).as(server.name).isEqualTo(101);
        }
    }

    @Test
    void linksOfServersThatAgreeCarryNoRecords() {
        SimulatedHerd herd = new SimulatedHerd(2, new Random(1));
        herd.connect(0, 1);
        herd.servers.get(0).report("+0.1", "kiwi", "+1+1", "5");
        herd.settle();
        herd.cut("0-1");
        SimulatedHerd.Edge edge = herd.new Edge(herd.servers.get(0), herd.servers.get(1));
        herd.edges.put("0-1", edge);

        int steps = 0;
        while (herd.step()) {
            steps++;
        }

        assertThat(steps).as("two digests and two RECONCILED").isEqualTo(4);
    }
}
