package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Herds that are wrong, and worlds that are in the way. */
class BadHerdIT {

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    private static String empty;

    @BeforeAll
    static void anEmptyNamespace() {
        empty = CLUSTER.newNamespace();
    }

    @ParameterizedTest
    @MethodSource("io.serverherd.operator.scenario.Refusal#all")
    void theApiRefusesAndNamesTheField(Refusal refusal) {
        refusal.assertRefusedBy(CLUSTER.client(), empty);
    }

    @Test
    void whereTheApiHasNoRulesTheHerdStallsAndTheLastGoodOneServes() throws IOException {
        HerdManifest good = HerdManifest.herd("good").servers("A B").edges("A-B");
        HerdUnderTest herd = CLUSTER.apply(good).awaitReady();
        Map<String, String> processes = herd.processes();
        Map<String, String> links = herd.links();

        try (CrdWithoutRules crd = new CrdWithoutRules(CLUSTER.client(), empty)) {
            crd.awaitInForce();
            herd.apply(good.edges("A-B A-Nobody"));

            String message =
                    herd.awaitCondition("Stalled", "True").path("message").asText();
            assertThat(message).contains("Nobody").contains("spec.servers");
            assertThat(herd.server("A").says("IAMAT kiwi +1.0+1.0 1500000000")).startsWith("AT A ");
            assertThat(herd.processes()).isEqualTo(processes);
            assertThat(herd.links()).isEqualTo(links);

            herd.apply(good);
            herd.awaitReady();
            assertThat(herd.condition("Stalled").isMissingNode()).isTrue();
        }
    }

    @Test
    void aForeignObjectInTheWayIsLeftAloneAndSaid() {
        String namespace = CLUSTER.newNamespace();
        ConfigMap foreign = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("taken-a")
                .endMetadata()
                .addToData("mine", "yes")
                .build();
        CLUSTER.client().resource(foreign).create();

        HerdUnderTest herd = CLUSTER.apply(
                namespace, HerdManifest.herd("taken").servers("A B").edges("A-B"));

        String message =
                herd.awaitCondition("NameConflict", "True").path("message").asText();
        assertThat(message).contains("ConfigMap").contains("taken-a");
        assertThat(CLUSTER.client().resource(foreign).get().getData()).containsExactly(Map.entry("mine", "yes"));

        CLUSTER.client().resource(foreign).delete();
        herd.awaitReady();
        assertThat(herd.condition("NameConflict").isMissingNode()).isTrue();
    }
}
