package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The Secret with the Places key comes, changes and is wrong: nobody restarts, and the status says what to do. */
class PlacesKeyIT {
    private static final HerdManifest PAIR = HerdManifest.herd("asking")
            .servers("A B")
            .edges("A-B")
            .with("places", Map.of("secretRef", Map.of("name", "google")));

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    @Test
    void aHerdRunsWithoutItsKeyAndHasItWhenTheSecretAppears() throws Exception {
        HerdUnderTest herd = CLUSTER.apply(PAIR).awaitReady();
        Map<String, String> processes = herd.processes();

        JsonNode missing = herd.awaitCondition("PlacesKeyAvailable", "False");
        assertThat(missing.path("reason").asText()).isEqualTo("KeyMissing");
        assertThat(missing.path("message").asText())
                .contains(
                        "kubectl -n " + herd.namespace() + " create secret generic google --from-literal=api-key=KEY");
        key(herd, "AIza-some");

        herd.awaitCondition("PlacesKeyAvailable", "True");
        assertThat(herd.processes()).isEqualTo(processes);
    }

    @Test
    void whatIsNoKeyIsSaidUntilItIsMended() throws Exception {
        HerdUnderTest herd = CLUSTER.apply(PAIR);
        key(herd, "AIza-some\r\n");
        herd.awaitReady();
        herd.awaitCondition("PlacesKeyAvailable", "True");
        Map<String, String> processes = herd.processes();

        assertThatItIsRefused(herd, "canary\u0001", "byte 7 is not printable ASCII");
        assertThatItIsRefused(herd, "canary".repeat(1_000), "larger than 4096 bytes");
        assertThatItIsRefused(herd, "eyJhbGciOiJSUzI1NiJ9.canary.canary", "is a JSON web token");

        key(herd, "mended");
        herd.awaitCondition("PlacesKeyAvailable", "True");
        assertThat(herd.processes()).isEqualTo(processes);
    }

    private static void assertThatItIsRefused(HerdUnderTest herd, String text, String why) {
        key(herd, text);

        await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> assertThat(
                        herd.condition("PlacesKeyAvailable").path("message").asText())
                .contains(why)
                .doesNotContain("canary"));
        assertThat(herd.condition("PlacesKeyAvailable").path("reason").asText()).isEqualTo("KeyRefused");
    }

    private static void key(HerdUnderTest herd, String key) {
        CLUSTER.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(herd.namespace())
                        .withName("google")
                        .endMetadata()
                        .addToStringData("api-key", key)
                        .build())
                .createOr(there -> there.update());
        herd.letKubeletsLook();
    }
}
