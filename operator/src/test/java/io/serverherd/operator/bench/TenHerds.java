package io.serverherd.operator.bench;

import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.scenario.HerdManifest;
import io.serverherd.operator.scenario.HerdUnderTest;
import java.util.Map;

/** The operator at rest with ten herds of five real servers. */
final class TenHerds {

    private static final int HERDS = 10;
    private static final int RESIDENT_MB = 130;

    private final Bench bench;
    private final InstalledOperator operator;

    TenHerds(Bench bench, InstalledOperator operator) {
        this.bench = bench;
        this.operator = operator;
    }

    void run() throws Exception {
        // A fresh one, lest the figure depends on what was measured before it.
        bench.cluster().operator().stop();
        bench.cluster().startOperator(Map.of()).awaitReady();
        String namespace = bench.cluster().newNamespace();
        try (Watched<ServerHerd> statuses = bench.watchHerds(namespace)) {
            // One after the other: fifty JVMs that start at once are no measure of an operator.
            for (int i = 1; i <= HERDS; i++) {
                int there = i;
                HerdUnderTest herd = bench.herd(
                        namespace, HerdManifest.fiveNodes("ring-" + i).requestingCpu("10m"));
                herd.apply(herd.manifest());
                statuses.await(i + " herds converged", herds -> Conditions.all(there, "Ready")
                        .and(Conditions.all(there, "TopologyConverged"))
                        .test(herds));
                bench.report().progress("%d herds of five are ready", i);
            }
        }
        new AtRest(bench, operator, namespace).measure("ten herds of five", RESIDENT_MB);
        bench.cluster().deleteNamespace(namespace);
    }
}
