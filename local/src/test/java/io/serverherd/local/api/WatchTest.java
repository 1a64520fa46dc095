package io.serverherd.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.serverherd.local.api.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class WatchTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps?watch=1";

    @RegisterExtension
    final TestApi api = new TestApi();

    @Test
    void anInformerSeesEveryChangeInOrder() {
        api.createConfigMap("before", Map.of());
        List<String> seen = new CopyOnWriteArrayList<>();
        try (SharedIndexInformer<ConfigMap> informer = api.client().configMaps().inform(recordTo(seen))) {
            await().until(informer::isWatching);
            ConfigMap tune = api.createConfigMap("tune", Map.of());
            ConfigMap changed = api.client()
                    .resource(new ConfigMapBuilder(tune).addToData("key", "new").build())
                    .update();
            api.client().resource(changed).delete();

            await().untilAsserted(() -> assertThat(seen).containsExactly("+before", "+tune", "~tune:new", "-tune"));
        }
    }

    @Test
    void aWatchEndsWithTheDefinitionOfWhatItWatches() throws Exception {
        api.defineBands();
        api.send(
                "POST",
                "/apis/example.org/v1/namespaces/default/bands",
                "application/json",
                "{\"metadata\":{\"name\":\"trio\"},\"spec\":{}}");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(api.url() + "/apis/example.org/v1/namespaces/default/bands?watch=1"))
                .build();
        Stream<String> events = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofLines())
                .body();

        api.client().apiextensions().v1().customResourceDefinitions().delete();

        assertThat(events.map(Json::object))
                .extracting(event -> event.path("type").asText())
                .containsSubsequence("ADDED", "DELETED");
    }

    @Test
    void anInformerComesBackWithTheDefinition() {
        api.defineBands();
        ResourceDefinitionContext bands = new ResourceDefinitionContext.Builder()
                .withGroup("example.org")
                .withVersion("v1")
                .withKind("Band")
                .withPlural("bands")
                .withNamespaced(true)
                .build();
        try (SharedIndexInformer<GenericKubernetesResource> informer = api.client()
                .genericKubernetesResources(bands)
                .inNamespace("default")
                .runnableInformer(0)) {
            informer.exceptionHandler((started, t) -> true);
            informer.start();
            await().until(informer::isWatching);
            api.client().apiextensions().v1().customResourceDefinitions().delete();
            await().until(() -> !informer.isWatching());

            api.defineBands();
            api.send(
                    "POST",
                    "/apis/example.org/v1/namespaces/default/bands",
                    "application/json",
                    "{\"metadata\":{\"name\":\"trio\"},\"spec\":{}}");

            await().atMost(Duration.ofSeconds(40))
                    .until(() -> informer.getStore().list().size() == 1);
        }
    }

    private static ResourceEventHandler<ConfigMap> recordTo(List<String> seen) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(ConfigMap map) {
                seen.add("+" + map.getMetadata().getName());
            }

            @Override
            public void onUpdate(ConfigMap old, ConfigMap map) {
                seen.add("~" + map.getMetadata().getName() + ":" + map.getData().get("key"));
            }

            @Override
            public void onDelete(ConfigMap map, boolean unknown) {
                seen.add("-" + map.getMetadata().getName());
            }
        };
    }

    @Test
    void aWatchGoesOnFromTheVersionOfAList() throws Exception {
        api.createConfigMap("old", Map.of());
        String version = api.client().configMaps().list().getMetadata().getResourceVersion();
        api.createConfigMap("new", Map.of());
        api.client().configMaps().withName("old").delete();

        assertThat(watch("&resourceVersion=" + version)).containsExactly("ADDED new", "DELETED old");
    }

    @Test
    void aWatchWithoutVersionStartsWithWhatIsThere() throws Exception {
        api.createConfigMap("a", Map.of());
        api.createConfigMap("b", Map.of());

        assertThat(watch("")).containsExactly("ADDED a", "ADDED b");
    }

    @Test
    void leavingASelectionIsADeletionAndEnteringItAnAddition() throws Exception {
        ConfigMap map = api.createConfigMap("tune", Map.of("genre", "jazz"));
        String version = map.getMetadata().getResourceVersion();
        ConfigMap rock = relabel(map, "rock");
        relabel(rock, "jazz");

        assertThat(watch("&labelSelector=genre%3Djazz&resourceVersion=" + version))
                .containsExactly("DELETED tune", "ADDED tune");
    }

    /** With the version of its leaving, so that a watch can go on from there. */
    @Test
    void whatLeavesASelectionIsToldAsItWasInIt() throws Exception {
        ConfigMap map = api.createConfigMap("tune", Map.of("genre", "jazz"));
        String version = map.getMetadata().getResourceVersion();
        ConfigMap rock = relabel(map, "rock");

        assertThat(events("&labelSelector=genre%3Djazz&resourceVersion=" + version))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.at("/object/metadata/labels/genre").asText())
                            .isEqualTo("jazz");
                    assertThat(event.at("/object/metadata/resourceVersion").asText())
                            .isEqualTo(rock.getMetadata().getResourceVersion());
                });
    }

    private ConfigMap relabel(ConfigMap map, String genre) {
        return api.client()
                .resource(new ConfigMapBuilder(map)
                        .editMetadata()
                        .addToLabels("genre", genre)
                        .endMetadata()
                        .build())
                .update();
    }

    @Test
    void bookmarksTellTheVersionAndTheEndOfTheInitialEvents() throws Exception {
        api.createConfigMap("a", Map.of());

        List<JsonNode> events =
                events("&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");

        assertThat(events).extracting(event -> event.path("type").asText()).startsWith("ADDED", "BOOKMARK");
        assertThat(events.get(1)
                        .at("/object/metadata/annotations")
                        .path("k8s.io/initial-events-end")
                        .asText())
                .isEqualTo("true");
    }

    @Test
    void aVersionThatIsTooOldIsAnErrorEvent() throws Exception {
        for (int i = 0; i < 2_600; i++) { // create and delete: beyond the history of 5,000 changes
            api.send(
                    "POST",
                    "/api/v1/namespaces/default/configmaps",
                    "application/json",
                    "{\"metadata\":{\"name\":\"x\"}}");
            api.send("DELETE", "/api/v1/namespaces/default/configmaps/x", "application/json", "");
        }

        List<JsonNode> events = events("&resourceVersion=2");

        assertThat(events).hasSize(1);
        assertThat(events.get(0).at("/object/code").asInt()).isEqualTo(410);
        assertThat(events.get(0).at("/object/reason").asText()).isEqualTo("Expired");
    }

    @Test
    void kubectlPrintsChangesAsRows() {
        try (var watch = api.kubectl().start("get", "configmaps", "--watch")) {
            api.createConfigMap("tune", Map.of());

            await().untilAsserted(() -> assertThat(watch.out()).containsPattern("NAME +DATA +AGE\ntune +1 +\\d+s"));
        }
    }

    @Test
    void kubectlWaitsForADeletion() throws Exception {
        api.createConfigMap("tune", Map.of());
        try (var wait = api.kubectl().start("wait", "--for=delete", "configmap/tune", "--timeout=30s")) {

            api.client().configMaps().withName("tune").delete();

            assertThat(wait.process().waitFor()).isZero();
        }
    }

    private List<String> watch(String parameters) throws IOException, InterruptedException {
        return events(parameters).stream()
                .map(event -> event.path("type").asText() + " "
                        + event.at("/object/metadata/name").asText())
                .toList();
    }

    /** All events until the server ends the watch after a second. */
    private List<JsonNode> events(String parameters) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(api.url() + MAPS + "&timeoutSeconds=1" + parameters))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .<JsonNode>map(Json::object)
                .toList();
    }
}
