package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceSpec;
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
    void theServiceBecomesANodePortAndIsOneNoMore() {
        HerdUnderTest herd = CLUSTER.apply(PAIR).awaitReady();

        herd.apply(
                PAIR.with("service", Map.of("type", "NodePort", "annotations", Map.of("example.com/pool", "green"))));
        await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> {
            assertThat(service("pair", herd).getSpec().getType()).isEqualTo("NodePort");
            assertThat(service("pair", herd).getMetadata().getAnnotations()).containsEntry("example.com/pool", "green");
        });
        Integer nodePort = service("pair", herd).getSpec().getPorts().get(0).getNodePort();
        assertThat(nodePort).isNotNull();
        herd.awaitReady();
        Map<String, String> before = herd.versions();
        await().during(Duration.ofSeconds(5)).atMost(OperatedCluster.PATIENCE).until(() -> herd.versions()
                .equals(before));

        herd.apply(PAIR);
        await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> {
            ServiceSpec spec = service("pair", herd).getSpec();
            assertThat(spec.getType()).isEqualTo("ClusterIP");
            assertThat(spec.getPorts().get(0).getNodePort()).isNull();
            assertThat(spec.getExternalTrafficPolicy()).isNull();
            assertThat(service("pair", herd).getMetadata().getAnnotations()).isNullOrEmpty();
        });
    }

    @Test
    void aServersOwnServiceComesAndGoes() {
        HerdUnderTest herd = CLUSTER.apply(PAIR).awaitReady();
        Map<String, String> processes = herd.processes();

        herd.apply(PAIR.with("service", Map.of("perServer", true)));
        await().atMost(OperatedCluster.PATIENCE)
                .untilAsserted(() -> assertThat(herd.objects()).contains("Service/pair-a", "Service/pair-b"));
        assertThat(herd.server("A").pod().getMetadata().getLabels())
                .containsAllEntriesOf(service("pair-a", herd).getSpec().getSelector());
        assertThat(herd.server("B").pod().getMetadata().getLabels()).doesNotContainEntry("serverherd.io/set", "pair-a");

        herd.apply(PAIR);
        await().atMost(OperatedCluster.PATIENCE)
                .untilAsserted(() -> assertThat(herd.objects()).doesNotContain("Service/pair-a", "Service/pair-b"));
        assertThat(herd.objects()).contains("Service/pair", "Service/pair-peers");
        assertThat(herd.processes()).isEqualTo(processes);
    }

    @Test
    void theNetworkPolicyGoesAndComesBack() {
        HerdUnderTest herd = CLUSTER.apply(PAIR).awaitReady();
        Map<String, String> processes = herd.processes();
        assertThat(herd.objects()).contains("NetworkPolicy/pair");

        herd.apply(PAIR.with("networkPolicy", Map.of("enabled", false)));
        await().atMost(OperatedCluster.PATIENCE)
                .untilAsserted(() -> assertThat(herd.objects()).doesNotContain("NetworkPolicy/pair"));

        herd.apply(PAIR);
        await().atMost(OperatedCluster.PATIENCE)
                .untilAsserted(() -> assertThat(herd.objects()).contains("NetworkPolicy/pair"));
        herd.awaitReady();
        assertThat(herd.processes()).isEqualTo(processes);
    }

    private static Service service(String name, HerdUnderTest herd) {
        return CLUSTER.client()
                .services()
                .inNamespace(herd.namespace())
                .withName(name)
                .get();
    }
}
