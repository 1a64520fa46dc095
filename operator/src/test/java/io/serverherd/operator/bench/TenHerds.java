package io.serverherd.operator.bench;

import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.scenario.HerdManifest;
import io.serverherd.operator.scenario.HerdUnderTest;

/** Ten herds of five real servers: until all are Ready, then the operator at rest. */
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
        String namespace = bench.cluster().newNamespace();
        Times ready = new Times();
        try (Watched<ServerHerd> statuses = bench.watchHerds(namespace)) {
            long start = System.nanoTime();
            for (int i = 1; i <= HERDS; i++) {
                HerdUnderTest herd = bench.herd(namespace, HerdManifest.fiveNodes("ring-" + i));
                herd.apply(herd.manifest());
            }
            ready.add(start, statuses.await("ten herds Ready", Conditions.all(HERDS, "Ready")));
            statuses.await("ten herds converged", Conditions.all(HERDS, "TopologyConverged"));
        }
        bench.report().times("ten new herds of five at once → all Ready", ready);
        new AtRest(bench, operator, namespace).measure("ten herds of five", RESIDENT_MB);
        bench.cluster().deleteNamespace(namespace);
    }
}
