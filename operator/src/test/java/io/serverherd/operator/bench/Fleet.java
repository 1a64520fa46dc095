package io.serverherd.operator.bench;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.serverherd.operator.api.HerdCondition;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.scenario.HerdManifest;
import io.serverherd.operator.scenario.HerdUnderTest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A hundred herds of five on nodes that only pretend to run pods: ready at once, but nobody answers at their addresses, and the
 * herds' status has to say so.
 */
final class Fleet {

    private static final int SERVERS = 5;
    private static final String PASSES = "reconciliations_started_total";

    private final Bench bench;
    private final InstalledOperator operator;

    Fleet(Bench bench, InstalledOperator operator) {
        this.bench = bench;
        this.operator = operator;
    }

    void run() throws Exception {
        if (bench.settings().fakeNodes().isEmpty()) {
            bench.report().skipped(name(), "no nodes that only pretend to run pods; FAKE_NODES=label=value names them");
            return;
        }
        List<Node> nodes = bench.client()
                .nodes()
                .withLabels(bench.settings().fakeNodeSelector())
                .list()
                .getItems();
        if (nodes.isEmpty()) {
            bench.report()
                    .skipped(name(), "no node has the label " + bench.settings().fakeNodes());
            return;
        }
        bench.report()
                .progress(
                        "%s on %d nodes with the label %s",
                        name(), nodes.size(), bench.settings().fakeNodes());
        measure(bench.cluster().newNamespace());
    }

    private String name() {
        return bench.settings().fleet() + " herds of five";
    }

    private void measure(String namespace) throws Exception {
        int herds = bench.settings().fleet();
        double passes = operator.metric(PASSES);
        Times pods = new Times();
        Times said = new Times();
        try (Watched<ServerHerd> statuses = bench.watchHerds(namespace);
                Watched<Pod> there = bench.watchPods(namespace)) {
            long start = System.nanoTime();
            for (int i = 1; i <= herds; i++) {
                HerdUnderTest herd = bench.herd(namespace, manifest("fleet-" + i));
                herd.apply(herd.manifest());
            }
            bench.report().progress("%d herds applied", herds);
            pods.add(start, there.await("all pods ready", Conditions.readyPods(herds * SERVERS)));
            bench.report().progress("%d pods ready", herds * SERVERS);
            said.add(
                    start,
                    statuses.await(
                            "every status tells",
                            all -> all.size() == herds && all.stream().allMatch(Fleet::isTold)));
            bench.report().times("  " + name() + " applied one after the other → all pods ready", pods);
            bench.report().times("  → every status says that and that no server answers", said);
            bench.report().figure("  what the statuses say", reasons(statuses.now()));
        }
        bench.report()
                .figure(
                        "passes for a new herd, of " + name() + " at once",
                        String.format(Locale.ROOT, "%.1f", (operator.metric(PASSES) - passes) / herds));
        new AtRest(bench, operator, namespace).measure(name(), 0);
        edit(namespace);
        bench.cluster().deleteNamespace(namespace);
    }

    /** One edge of each herd. */
    private void edit(String namespace) throws Exception {
        int herds = bench.settings().fleet();
        double passes = operator.metric(PASSES);
        Times said = new Times();
        try (Watched<ServerHerd> statuses = bench.watchHerds(namespace)) {
            statuses.await("all herds", all -> all.size() == herds);
            long start = System.nanoTime();
            for (int i = 1; i <= herds; i++) {
                HerdManifest manifest = manifest("fleet-" + i);
                bench.herd(namespace, manifest)
                        .apply(manifest.edges(
                                "Alford-Hamilton Alford-Welsh Ball-Holiday Ball-Welsh Hamilton-Holiday Alford-Ball"));
            }
            said.add(start, statuses.await("every status tells of the edit", all -> all.stream()
                    .allMatch(herd -> herd.getMetadata().getGeneration() == 2 && isTold(herd))));
        }
        bench.report().times("  an edge of each edited → every status speaks of it", said);
        bench.report()
                .figure(
                        "passes for an edge edit, of " + name() + " at once",
                        String.format(Locale.ROOT, "%.1f", (operator.metric(PASSES) - passes) / herds));
    }

    private HerdManifest manifest(String name) {
        Map<String, Object> pod = Map.of("nodeSelector", bench.settings().fakeNodeSelector());
        return HerdManifest.fiveNodes(name).with("pod", pod);
    }

    /** All servers' pods are ready, and the servers do not answer. */
    private static boolean isTold(ServerHerd herd) {
        return Conditions.isSaid(herd)
                && Conditions.holds(herd, "Ready")
                && herd.getStatus().condition("TopologyConverged").stream()
                        .anyMatch(condition -> condition.reason().equals("ServersSilent"));
    }

    private static String reasons(List<ServerHerd> herds) {
        return herds.stream()
                .flatMap(herd -> herd.getStatus().conditions().stream())
                .collect(Collectors.groupingBy(Fleet::told, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue() + " × " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String told(HerdCondition condition) {
        return condition.type() + " " + condition.status() + " " + condition.reason();
    }
}
