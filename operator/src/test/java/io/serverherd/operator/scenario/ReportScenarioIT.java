package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The test that the first report ran on its prototype (section 2.7), and what the prototype could not do. */
@AloneOnARealCluster
class ReportScenarioIT {

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    @Test
    @Tag("local")
    void theHerdLivesThroughTwoKillsAndBothServersComeBackKnowingEverything(@TempDir Path folder) throws Exception {
        try (BareHerd herd = new BareHerd(folder, HerdManifest.fiveNodes("report"))) {
            String first = herd.says("Alford", "IAMAT kiwi +34.068930-118.445127 1479413884.1")
                    .stripTrailing();
            herd.awaitRecord("Hamilton", "kiwi", first);

            herd.kill("Welsh");
            String second = herd.says("Alford", "IAMAT kiwi +34.068930-118.445127 1479413884.2")
                    .stripTrailing();
            herd.awaitRecord("Ball", "kiwi", second);

            herd.kill("Holiday");
            String third = herd.says("Ball", "IAMAT kiwi +34.068930-118.445127 1479413884.3")
                    .stripTrailing();
            assertThat(third).startsWith("AT Ball ");
            // Ball is cut off from Alford and Hamilton now; each side gives what it knows.
            assertThat(herd.says("Hamilton", "WHATSAT kiwi 10 1")).startsWith(second);
            assertThat(herd.says("Ball", "WHATSAT kiwi 10 1")).startsWith(third);

            herd.start("Welsh");
            herd.start("Holiday");
            for (String server : new String[] {"Alford", "Ball", "Hamilton", "Holiday", "Welsh"}) {
                herd.awaitRecord(server, "kiwi", third);
            }
        }
    }

    @Test
    void theSameInPodsWhileNobodyMendsThem() throws Exception {
        HerdUnderTest herd = CLUSTER.apply(HerdManifest.fiveNodes("report")).awaitReady();
        CLUSTER.operator().stop();
        try {
            scale(herd, "report-welsh", 0);
            String second = herd.server("Alford").says("IAMAT kiwi +34.068930-118.445127 1479413884.2");
            awaitAt(herd, "Ball", second);

            scale(herd, "report-holiday", 0);
            String third = herd.server("Ball").says("IAMAT kiwi +34.068930-118.445127 1479413884.3");
            assertThat(third).startsWith("AT Ball ");
            // Ball is cut off from Alford and Hamilton now; each side gives what it knows.
            awaitAt(herd, "Hamilton", second);
            awaitAt(herd, "Ball", third);

            scale(herd, "report-welsh", 1);
            scale(herd, "report-holiday", 1);
            herd.awaitEverywhere("kiwi", third.stripTrailing());
        } finally {
            CLUSTER.startOperator().awaitReady();
        }
        herd.awaitReady();
    }

    private static void awaitAt(HerdUnderTest herd, String server, String reply) {
        await().atMost(OperatedCluster.PATIENCE)
                .untilAsserted(() ->
                        assertThat(herd.server(server).whereIs("kiwi") + "\n").isEqualTo(reply));
    }

    /** As a person's {@code kubectl scale} does; returns when it is so. */
    private static void scale(HerdUnderTest herd, String set, int replicas) {
        CLUSTER.client()
                .apps()
                .statefulSets()
                .inNamespace(herd.namespace())
                .withName(set)
                .scale(replicas);
        await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> {
            List<Pod> pods = herd.pods().stream()
                    .filter(pod -> pod.getMetadata().getName().equals(set + "-0"))
                    .toList();
            assertThat(pods).hasSize(replicas).allMatch(Readiness.getInstance()::isReady);
        });
    }
}
