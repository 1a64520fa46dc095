package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who drains machines takes one server at a time; even the only one, and never one too many. */
class EvictionIT {

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    @ParameterizedTest
    @ValueSource(strings = {"A", "A B", "A B C D E"})
    void theBudgetSparesOneServer(String servers) {
        HerdUnderTest herd =
                CLUSTER.apply(HerdManifest.herd("spared").servers(servers)).awaitReady();
        int all = herd.servers().size();

        await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> {
            PodDisruptionBudgetStatus status = CLUSTER.client()
                    .policy()
                    .v1()
                    .podDisruptionBudget()
                    .inNamespace(herd.namespace())
                    .withName("spared")
                    .get()
                    .getStatus();
            assertThat(status.getExpectedPods()).isEqualTo(all);
            assertThat(status.getCurrentHealthy()).isEqualTo(all);
            assertThat(status.getDesiredHealthy()).isEqualTo(all - 1);
            assertThat(status.getDisruptionsAllowed()).isEqualTo(1);
        });
    }

    @Test
    @Tag("e2e")
    void aSecondServerIsNotEvictedBeforeTheFirstIsBack() {
        HerdUnderTest herd = CLUSTER.apply(
                        HerdManifest.herd("drained").servers("A B C").edges("A-B B-C A-C"))
                .awaitReady();
        Map<String, String> processes = herd.processes();

        try (Replacements replacements = Replacements.watch(CLUSTER.client(), herd)) {
            assertThat(evict("A", herd)).isTrue();
            assertThat(evict("B", herd)).isFalse();

            await().atMost(OperatedCluster.PATIENCE).until(() -> evict("B", herd));

            assertThat(replacements.order()).containsExactly("A");
            herd.awaitReady();
            await().atMost(OperatedCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(replacements.order()).containsExactly("A", "B"));
            assertThat(replacements.mostAwayAtOnce()).isEqualTo(1);
        }
        herd.awaitReady();
        assertThat(herd.server("C").process()).isEqualTo(processes.get("C"));
    }

    @Test
    @Tag("e2e")
    void theOnlyServerIsEvictedAndComesBack() {
        HerdUnderTest herd =
                CLUSTER.apply(HerdManifest.herd("alone").servers("A")).awaitReady();
        String process = herd.server("A").process();

        await().atMost(OperatedCluster.PATIENCE).until(() -> evict("A", herd));

        await().atMost(OperatedCluster.PATIENCE)
                .ignoreExceptions()
                .until(() -> !herd.server("A").process().equals(process));
        herd.awaitReady();
    }

    /** Its machine is to be drained all the same, for it serves nobody. */
    @Test
    @Tag("e2e")
    void aServerThatIsNotReadyIsEvictedAndKeepsTheOthersWhereTheyAre() {
        HerdManifest pair = HerdManifest.herd("sick").servers("A B").edges("A-B");
        HerdUnderTest herd = CLUSTER.apply(pair).awaitReady();
        herd.apply(pair.image("registry.invalid/no-such-image:1"));
        await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> assertThat(
                        herd.condition("Ready").path("message").asText())
                .contains("A: ImagePullBackOff"));

        assertThat(evict("B", herd)).isFalse();
        assertThat(evict("A", herd)).isTrue();

        herd.apply(pair);
        herd.awaitReady();
    }

    /** Whether it is granted; asked once, by a client that does not ask again of itself. */
    private static boolean evict(String server, HerdUnderTest herd) {
        String pod = herd.server(server).pod().getMetadata().getName();
        try (KubernetesClient once = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(CLUSTER.client().getConfiguration())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build()) {
            return once.pods().inNamespace(herd.namespace()).withName(pod).evict();
        }
    }
}
