package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What someone asks the operator for beside a herd's shape: to keep its hands off, and to replace every pod. */
class PauseAndRestartIT {
    private static final HerdManifest TRIO =
            HerdManifest.herd("trio").servers("A B C").edges("A-B B-C A-C");

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    @Test
    void aPausedHerdServesAndKeepsWhatItHasUntilItGoesOn() throws IOException {
        HerdUnderTest herd = CLUSTER.apply(TRIO).awaitReady();
        Map<String, String> processes = herd.processes();
        Map<String, String> links = herd.server("A").links();
        Map<String, String> versions = herd.versionsOfObjects();
        HerdManifest changed = TRIO.servers("A B C D").edges("A-B C-D").ofOtherPods();

        herd.apply(changed.with("paused", true));

        assertThat(herd.awaitCondition("Paused", "True").path("message").asText())
                .contains("9 objects to apply", "StatefulSet trio-a");
        assertThat(herd.condition("Ready").path("reason").asText()).isEqualTo("Paused");
        assertThat(herd.condition("Stalled").path("status").asText()).isEqualTo("True");
        assertThat(herd.condition("Reconciling").isMissingNode()).isTrue();
        await().during(Duration.ofSeconds(3))
                .atMost(OperatedCluster.PATIENCE)
                .untilAsserted(() -> assertThat(herd.versionsOfObjects()).isEqualTo(versions));
        assertThat(herd.server("A").says("IAMAT kiwi +1.0+1.0 1500000000")).startsWith("AT A ");
        assertThat(herd.server("A").links()).isEqualTo(links);

        herd.apply(changed);
        herd.awaitReady();
        await().atMost(OperatedCluster.PATIENCE)
                .untilAsserted(
                        () -> assertThat(herd.processes().values()).doesNotContainAnyElementsOf(processes.values()));
        herd.awaitReady();
        assertThat(herd.condition("Paused").isMissingNode()).isTrue();
    }

    @Test
    void aHerdThatIsPausedAsItIsStaysReady() {
        HerdUnderTest herd = CLUSTER.apply(TRIO).awaitReady();

        herd.apply(TRIO.with("paused", true));

        assertThat(herd.awaitCondition("Paused", "True").path("message").asText())
                .isEqualTo("nothing waits");
        assertThat(herd.condition("Stalled").isMissingNode()).isTrue();
        herd.awaitReady();
    }

    @Test
    void aRequestToRestartReplacesEveryPodOneAtATimeAndLosesNothing() throws IOException {
        HerdUnderTest herd = CLUSTER.apply(TRIO).awaitReady();
        String record =
                herd.server("A").says("IAMAT kiwi +34.0-118.0 1500000000").stripTrailing();
        herd.awaitEverywhere("kiwi", record);

        try (Replacements replacements = Replacements.watch(CLUSTER.client(), herd)) {
            herd.annotate("serverherd.io/restartedAt", "2026-01-01T12:00:00Z");

            await().atMost(OperatedCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(replacements.order()).hasSize(3));
            herd.awaitReady();

            assertThat(replacements.order()).doesNotHaveDuplicates();
            assertThat(replacements.mostAwayAtOnce()).isEqualTo(1);
        }
        herd.awaitEverywhere("kiwi", record);
    }
}
