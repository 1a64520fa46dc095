package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a pod is made of changes: pods are replaced, one at a time, and only those concerned. */
class RollingIT {

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    @Test
    void aServersOwnSettingsReplaceOnlyItsPod() {
        HerdManifest line = HerdManifest.herd("line").servers("A B C").edges("A-B B-C");
        HerdUnderTest herd = CLUSTER.apply(line).awaitReady();
        Map<String, String> processes = herd.processes();

        herd.apply(line.pod("A", Map.of("resources", Map.of("limits", Map.of("memory", "321Mi")))));

        await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> assertThat(herd.server("A")
                        .pod()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getResources()
                        .getLimits())
                .hasToString("{memory=321Mi}"));
        herd.awaitReady();
        assertThat(herd.server("A").process()).isNotEqualTo(processes.remove("A"));
        assertThat(herd.processes()).containsAllEntriesOf(processes);
    }

    @Test
    void aNewTemplateReplacesOnePodAtATimeAndArticulationPointsLast() throws IOException {
        // B and C hold the graph together; A, D and E are its ends.
        HerdManifest tree = HerdManifest.herd("tree").servers("B C A D E").edges("A-B B-C C-D C-E");
        HerdUnderTest herd = CLUSTER.apply(tree).awaitReady();
        String record =
                herd.server("A").says("IAMAT kiwi +34.0-118.0 1500000000").stripTrailing();
        herd.awaitEverywhere("kiwi", record);

        try (Replacements replacements = Replacements.watch(CLUSTER.client(), herd)) {
            herd.apply(tree.ofOtherPods());

            await().atMost(OperatedCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(replacements.order()).hasSize(5));
            herd.awaitReady();

            assertThat(replacements.order())
                    .startsWith("A", "D", "E")
                    .containsExactlyInAnyOrder("A", "B", "C", "D", "E");
            assertThat(replacements.mostAwayAtOnce()).isEqualTo(1);
        }
        herd.awaitEverywhere("kiwi", record);
    }

    @Test
    void anImageThatCannotBePulledStopsOneServerAndRevertingHeals() {
        HerdManifest ring = HerdManifest.herd("ring").servers("A B C").edges("A-B B-C A-C");
        HerdUnderTest herd = CLUSTER.apply(ring).awaitReady();

        herd.apply(ring.image("registry.invalid/no-such-image:1"));
        await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> assertThat(
                        herd.condition("Ready").path("message").asText())
                .contains("ImagePullBackOff"));
        assertThat(herd.read().at("/status/summary/servers").asText()).isEqualTo("2/3");

        herd.apply(ring);
        herd.awaitReady();
    }
}
