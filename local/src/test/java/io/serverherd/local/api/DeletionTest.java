package io.serverherd.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeletionTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String PODS = "/api/v1/namespaces/default/pods";

    @RegisterExtension
    final TestApi api = new TestApi();

    @Test
    void aPreconditionThatDoesNotHoldKeepsTheObject() {
        ConfigMap map = api.createConfigMap("tune", Map.of());

        var wrongUid = delete(MAPS + "/tune", "{\"preconditions\":{\"uid\":\"other\"}}");
        var wrongVersion = delete(MAPS + "/tune", "{\"preconditions\":{\"resourceVersion\":\"1\"}}");

        assertThat(wrongUid).contains("the UID in the precondition (other) does not match the UID in record");
        assertThat(wrongVersion).contains("the ResourceVersion in the precondition (1) does not match");
        assertThat(get("tune")).isEqualTo(map);
    }

    @Test
    void aPreconditionThatHoldsLetsItGo() {
        ConfigMap map = api.createConfigMap("tune", Map.of());

        String answer = delete(
                MAPS + "/tune",
                "{\"preconditions\":{\"uid\":\"" + map.getMetadata().getUid() + "\"}}");

        assertThat(answer).contains("\"status\":\"Success\"");
        assertThat(get("tune")).isNull();
    }

    @Test
    void aFinalizerHoldsTheObjectUntilItIsRemoved() {
        ConfigMap map = api.createConfigMap("tune", Map.of());
        api.client().resource(withFinalizers(map, "example.org/hold")).update();

        api.client().configMaps().withName("tune").delete();

        ConfigMap held = get("tune");
        assertThat(held.getMetadata().getDeletionTimestamp()).isNotBlank();
        api.client().resource(withFinalizers(held)).update();
        assertThat(get("tune")).isNull();
    }

    @Test
    void anObjectBeingDeletedGetsNoNewFinalizer() {
        ConfigMap map = api.createConfigMap("tune", Map.of());
        api.client().resource(withFinalizers(map, "example.org/hold")).update();
        api.client().configMaps().withName("tune").delete();

        var answer = api.send(
                "PATCH",
                MAPS + "/tune",
                "application/merge-patch+json",
                "{\"metadata\":{\"finalizers\":[\"example.org/hold\",\"example.org/more\"]}}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("no new finalizers can be added if the object is being deleted");
    }

    @Test
    void aPodOnANodeIsMarkedWithItsGraceAndGoesWithGraceZero() {
        Pod pod = TestPods.running(api.client(), "singer");

        delete(PODS + "/singer", "{}");

        Pod marked = api.client().pods().withName("singer").get();
        assertThat(marked.getMetadata().getDeletionGracePeriodSeconds()).isEqualTo(30);
        assertThat(marked.getMetadata().getDeletionTimestamp()).isNotBlank();
        delete(
                PODS + "/singer",
                "{\"gracePeriodSeconds\":0,\"preconditions\":{\"uid\":\""
                        + pod.getMetadata().getUid() + "\"}}");
        assertThat(api.client().pods().withName("singer").get()).isNull();
    }

    @Test
    void aPodOnNoNodeGoesAtOnce() {
        api.client()
                .resource(TestPods.pod("singer")
                        .editSpec()
                        .withNodeName(null)
                        .endSpec()
                        .build())
                .create();

        delete(PODS + "/singer", "{}");

        assertThat(api.client().pods().withName("singer").get()).isNull();
    }

    @Test
    void aCollectionIsDeletedByItsSelector() {
        api.createConfigMap("a", Map.of("keep", "no"));
        api.createConfigMap("b", Map.of("keep", "yes"));

        delete(MAPS + "?labelSelector=keep%3Dno", "");

        assertThat(api.client().configMaps().list().getItems())
                .extracting(map -> map.getMetadata().getName())
                .containsExactly("b");
    }

    @Test
    void aNamespaceTakesItsObjectsWithItAndGoesLast() {
        api.client().resource(namespace("band")).create();
        api.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("tune")
                        .withNamespace("band")
                        .withFinalizers("example.org/hold")
                        .endMetadata()
                        .build())
                .create();

        api.client().namespaces().withName("band").delete();

        await().until(() -> bandTune().getMetadata().getDeletionTimestamp() != null);
        assertThat(api.client().namespaces().withName("band").get().getStatus().getPhase())
                .isEqualTo("Terminating");
        assertThat(api.send(
                                "POST",
                                "/api/v1/namespaces/band/configmaps",
                                "application/json",
                                "{\"metadata\":{\"name\":\"x\"}}")
                        .body())
                .contains("because it is being terminated");
        api.client().resource(withFinalizers(bandTune())).update();
        await().until(() -> api.client().namespaces().withName("band").get() == null);
    }

    private ConfigMap bandTune() {
        return api.client().configMaps().inNamespace("band").withName("tune").get();
    }

    private static io.fabric8.kubernetes.api.model.Namespace namespace(String name) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
    }

    @Test
    void aDefinitionTakesItsObjectsWithIt() {
        api.defineBands();
        api.send(
                "POST",
                "/apis/example.org/v1/namespaces/default/bands",
                "application/json",
                "{\"metadata\":{\"name\":\"trio\"},\"spec\":{}}");

        api.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("bands.example.org")
                .delete();

        await().until(() -> api.get("/apis/example.org/v1").statusCode() == 404);
        api.defineBands();
        assertThat(api.get("/apis/example.org/v1/bands").body()).contains("\"items\":[]");
    }

    private String delete(String path, String options) {
        return api.send("DELETE", path, "application/json", options).body();
    }

    private ConfigMap get(String name) {
        return api.client().configMaps().withName(name).get();
    }

    private static ConfigMap withFinalizers(ConfigMap map, String... finalizers) {
        return new ConfigMapBuilder(map)
                .editMetadata()
                .withFinalizers(finalizers)
                .endMetadata()
                .build();
    }
}
