package io.serverherd.operator.bench;

import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.scenario.HerdManifest;
import io.serverherd.operator.scenario.HerdUnderTest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A herd of 50 servers and 100 edges: new until it says Ready, and an edge of it edited. */
final class BigHerd {

    private static final int SERVERS = 50;
    /** Each server is the neighbour of the next, and of the one so many further. */
    private static final int STRIDE = 7;

    private final Bench bench;

    BigHerd(Bench bench) {
        this.bench = bench;
    }

    void run() throws Exception {
        String namespace = bench.cluster().newNamespace();
        String edges = IntStream.range(0, SERVERS)
                .mapToObj(i -> edge(i, i + 1) + " " + edge(i, i + STRIDE))
                .collect(Collectors.joining(" "));
        HerdManifest manifest = HerdManifest.herd("big")
                .servers(IntStream.range(0, SERVERS).mapToObj(i -> "S" + i).collect(Collectors.joining(" ")))
                .edges(edges)
                .requestingCpu("10m");
        HerdUnderTest herd = bench.herd(namespace, manifest);
        Times ready = new Times();
        Times edited = new Times();
        try (Watched<ServerHerd> statuses = bench.watchHerds(namespace)) {
            long start = System.nanoTime();
            herd.apply(manifest);
            ready.add(start, statuses.await("the herd of 50 Ready", Conditions.all(1, "Ready")));
            statuses.await("the herd of 50 converged", Conditions.all(1, "TopologyConverged"));

            start = System.nanoTime();
            herd.apply(manifest.edges(edges + " " + edge(0, SERVERS / 2)));
            edited.add(
                    start,
                    statuses.await(
                            "the edited herd of 50 converged",
                            herds -> herds.stream()
                                            .allMatch(now -> now.getMetadata().getGeneration() == 2)
                                    && Conditions.all(1, "TopologyConverged").test(herds)));
        }
        bench.report().times("new herd of 50 servers, 100 edges → Ready", ready);
        bench.report().times("  an edge added → its status says TopologyConverged", edited);
        bench.cluster().deleteNamespace(namespace);
    }

    private static String edge(int a, int b) {
        return "S" + a + "-S" + b % SERVERS;
    }
}
