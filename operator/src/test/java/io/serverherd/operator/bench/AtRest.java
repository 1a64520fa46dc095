package io.serverherd.operator.bench;

import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.scenario.HerdUnderTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The operator while nobody changes anything: its memory, and what it asks of the API. */
final class AtRest {

    /** Without a write, before it counts as rest. */
    private static final Duration SETTLED = Duration.ofSeconds(20);

    private static final long PATIENCE = Duration.ofMinutes(5).toNanos();
    private static final long HEAP_MIB = 128;

    private final Bench bench;
    private final InstalledOperator operator;
    private final String namespace;

    AtRest(Bench bench, InstalledOperator operator, String namespace) {
        this.bench = bench;
        this.operator = operator;
        this.namespace = namespace;
    }

    /**
     * @param herds       for the report, such as {@code ten herds of five}
     * @param residentMax in MB; 0: no goal
     */
    void measure(String herds, long residentMax) throws Exception {
        Report report = bench.report();
        Duration idle = bench.settings().idle();
        try (ApiRequests requests = new ApiRequests(bench.client())) {
            awaitRest();
            Map<String, String> versions = versions();
            Map<ApiRequests.Sort, Long> before = requests.counts();
            InstalledOperator.Process start = operator.process();
            Thread.sleep(idle.toMillis());
            Map<ApiRequests.Sort, Long> after = requests.counts();
            Map<ApiRequests.Sort, Long> during = new HashMap<>();
            after.forEach((sort, count) -> during.put(sort, count - before.get(sort)));
            InstalledOperator.Process process = operator.process();
            long asked = during.get(ApiRequests.Sort.READS) + during.get(ApiRequests.Sort.WRITES);
            double perSecond = (double) asked / idle.toSeconds();
            String rest = ", at rest for " + idle.toSeconds() + " s";
            report.figure(
                    "API requests a second with " + herds + rest,
                    String.format(Locale.ROOT, "%.2f", perSecond),
                    "≤ 1",
                    perSecond <= 1);
            report.figure(
                    "  beside them: watches begun, lease requests",
                    during.get(ApiRequests.Sort.WATCHES) + ", " + during.get(ApiRequests.Sort.LEASES));
            report.none("  of them writes", during.get(ApiRequests.Sort.WRITES));
            report.none("  objects that anybody changed, of " + versions.size(), changed(versions, versions()));
            report.figure(
                    "  operator's CPU",
                    String.format(
                            Locale.ROOT,
                            "%.1f %% of a core",
                            100.0 * process.cpu().minus(start.cpu()).toMillis() / idle.toMillis()));
            resident(herds, process, residentMax);
            heap(herds);
        }
    }

    private void resident(String herds, InstalledOperator.Process process, long residentMax) {
        String what = "operator's RSS with " + herds;
        String measured = "%d MB (%d MB its own, the rest mapped from files; %d threads)"
                .formatted(process.resident() / 1_000_000, process.own() / 1_000_000, process.threads());
        if (residentMax == 0) {
            bench.report().figure(what, measured);
        } else {
            bench.report()
                    .figure(what, measured, "≤ " + residentMax + " MB", process.resident() <= residentMax * 1_000_000);
        }
    }

    private void heap(String herds) throws Exception {
        InstalledOperator.Heap heap = operator.heap();
        bench.report()
                .figure(
                        "operator's heap with " + herds,
                        "%d MiB used, garbage included, of %d MiB committed"
                                .formatted(heap.used() >> 20, heap.committed() >> 20),
                        "≤ " + HEAP_MIB + " MiB",
                        heap.committed() >> 20 <= HEAP_MIB);
    }

    private void awaitRest() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE;
        Map<String, String> before = versions();
        Thread.sleep(SETTLED.toMillis());
        for (Map<String, String> now = versions(); !now.equals(before); now = versions()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the objects in " + namespace + " do not come to rest");
            }
            before = now;
            Thread.sleep(SETTLED.toMillis());
        }
    }

    private Map<String, String> versions() {
        Map<String, String> versions = HerdUnderTest.versionsOfObjects(bench.client(), namespace);
        bench.client()
                .resources(ServerHerd.class)
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(herd -> versions.put(
                        "ServerHerd/" + herd.getMetadata().getName(),
                        herd.getMetadata().getResourceVersion()));
        return versions;
    }

    private static long changed(Map<String, String> before, Map<String, String> after) {
        Map<String, String> all = new HashMap<>(before);
        after.forEach(all::putIfAbsent);
        return all.keySet().stream()
                .filter(key -> !String.valueOf(before.get(key)).equals(after.get(key)))
                .count();
    }
}
