package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.serverherd.local.demo.DemoPlaces;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A herd that asks Places, in either of their two APIs. On this machine, for pods of a cluster do not reach the demo. */
@Tag("local")
class PlacesIT {
    private static final HerdManifest PAIR =
            HerdManifest.herd("asking").servers("A B").edges("A-B");

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    private DemoPlaces demo;

    @BeforeEach
    void start() throws IOException {
        demo = DemoPlaces.start(0);
    }

    @AfterEach
    void stop() {
        demo.close();
    }

    private HerdManifest asking(Map<String, ?> more) {
        Map<String, Object> places = new HashMap<>(more);
        places.put("endpoint", demo.url());
        places.put("secretRef", Map.of("name", "google"));
        return PAIR.with("places", places);
    }

    private HerdUnderTest herdWithKey(HerdManifest manifest, String key) {
        String namespace = CLUSTER.newNamespace();
        key(namespace, key);
        return CLUSTER.apply(namespace, manifest).awaitReady();
    }

    private static void key(String namespace, String key) {
        CLUSTER.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("google")
                        .endMetadata()
                        .addToStringData("api-key", key)
                        .build())
                .createOr(existing -> existing.update());
    }

    /** Of server A, without the AT line. */
    private static String whatsAt(LineClient client) throws IOException {
        client.send("WHATSAT kiwi 10 3");
        assertThat(client.readLine()).startsWith("AT A ");
        StringBuilder answer = new StringBuilder();
        for (String line = client.readLine(); !line.isEmpty(); line = client.readLine()) {
            answer.append(line).append('\n');
        }
        return answer.toString();
    }

    private static LineClient client(HerdUnderTest herd) throws IOException {
        LineClient client = new LineClient(herd.server("A").address());
        client.send("IAMAT kiwi +34.068930-118.445127 1500000000");
        assertThat(client.readLine()).startsWith("AT A ");
        return client;
    }

    /** The names of the places, in their order. */
    private static List<String> names(String answer) {
        return answer.lines()
                .filter(line -> line.contains("\"name\" : "))
                .map(String::strip)
                .toList();
    }

    @Test
    void theOtherApiIsUsedWithoutARestartAndClientsSeeNoDifference() throws IOException {
        HerdUnderTest herd = herdWithKey(asking(Map.of()), "any");
        Map<String, String> processes = herd.processes();
        try (LineClient client = client(herd)) {
            String legacy = whatsAt(client);
            assertThat(legacy).contains("\"reference\" : ");

            herd.apply(asking(Map.of("api", "New")));
            herd.awaitReady();

            String translated = whatsAt(client);
            assertThat(translated).doesNotContain("\"reference\" : ");
            assertThat(names(translated)).hasSize(3).isEqualTo(names(legacy));
        }
        assertThat(herd.processes()).isEqualTo(processes);
    }

    @Test
    void aBudgetThatIsUsedUpIsSaidAndMore() throws IOException {
        HerdUnderTest herd = herdWithKey(asking(Map.of("maxRequestsPerDay", 2)), "any");
        try (LineClient client = client(herd)) {
            assertThat(whatsAt(client)).contains("\"OK\"");
            assertThat(whatsAt(client)).contains("\"OVER_QUERY_LIMIT\"");

            assertThat(herd.awaitCondition("PlacesBudgetExhausted", "True")
                            .path("message")
                            .asText())
                    .contains("is used up on A: ");
            assertThat(herd.condition("Ready").path("status").asText()).isEqualTo("True");

            herd.apply(asking(Map.of("maxRequestsPerDay", 200)));
            await().atMost(OperatedCluster.PATIENCE)
                    .until(() -> herd.condition("PlacesBudgetExhausted").isMissingNode());
            assertThat(whatsAt(client)).contains("\"OK\"");
        }
    }
}
