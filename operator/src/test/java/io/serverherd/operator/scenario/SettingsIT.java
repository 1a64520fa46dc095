package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a spec says of the objects around the pods: they come, change and go, and the pods know nothing of it. */
class SettingsIT {
    private static final HerdManifest PAIR =
            HerdManifest.herd("pair").servers("A B").edges("A-B");

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    @Test
    void theNetworkPolicyGoesAndComesBack() {
        HerdUnderTest herd = CLUSTER.apply(PAIR).awaitReady();
        Map<String, String> processes = herd.processes();
        assertThat(herd.objects()).contains("NetworkPolicy/pair");

        herd.apply(PAIR.with("networkPolicy", Map.of("enabled", false)));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(herd.objects()).doesNotContain("NetworkPolicy/pair"));

        herd.apply(PAIR);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(herd.objects()).contains("NetworkPolicy/pair"));
        herd.awaitReady();
        assertThat(herd.processes()).isEqualTo(processes);
    }
}
