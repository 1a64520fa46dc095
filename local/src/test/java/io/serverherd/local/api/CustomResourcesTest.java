package io.serverherd.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.json.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Schema, subresources and generation of custom resources. */
@Timeout(60)
class CustomResourcesTest {

    private static final String BANDS = "/apis/example.org/v1/namespaces/default/bands";
    private static final String MERGE = "application/merge-patch+json";

    @RegisterExtension
    final TestApi api = new TestApi();

    @BeforeEach
    void defineBands() {
        api.defineBands();
    }

    @Test
    void defaultsAreFilledInAndUnknownFieldsPruned() {
        ObjectNode band = create("{\"metadata\":{\"name\":\"trio\"},\"spec\":{\"foo\":1}}");

        assertThat(band.path("spec")).isEqualTo(Json.object("{\"players\":4}"));
        assertThat(band.at("/metadata/generation").asInt()).isEqualTo(1);
    }

    @Test
    void anInvalidObjectIsRefusedWithPathsAndCauses() {
        var answer = api.send(
                "POST",
                BANDS,
                "application/json",
                "{\"metadata\":{\"name\":\"trio\"},\"spec\":{\"players\":0,\"genre\":\"noise\"}}");

        assertThat(answer.statusCode()).isEqualTo(422);
        ObjectNode status = Json.object(answer.body());
        assertThat(status.path("message").asText())
                .contains("Band.example.org \"trio\" is invalid")
                .contains("spec.players: Invalid value: 0")
                .contains("spec.genre: Unsupported value: \"noise\"");
        assertThat(status.at("/details/causes"))
                .extracting(cause -> cause.path("field").asText())
                .containsExactlyInAnyOrder("spec.players", "spec.genre");
    }

    @Test
    void aWrongDefinitionIsRefused() {
        var answer =
                api.send("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", "application/json", """
                {"metadata": {"name": "other.example.org"},
                 "spec": {"group": "example.org", "scope": "Namespaced", "names": {"kind": "Band", "plural": "bands"},
                          "versions": [{"name": "v1", "served": true, "storage": true,
                                        "schema": {"openAPIV3Schema": {"type": "object"}}}]}}
                """);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("must be spec.names.plural");
    }

    @Test
    void statusIsWrittenByItsOwnDoorOnly() {
        create("{\"metadata\":{\"name\":\"trio\"},\"spec\":{},\"status\":{\"players\":9}}");

        ObjectNode byObject = patch("/trio", "{\"status\":{\"players\":9}}");
        assertThat(byObject.has("status")).isFalse();

        ObjectNode byStatus = patch("/trio/status", "{\"spec\":{\"players\":7},\"status\":{\"players\":3}}");
        assertThat(byStatus.at("/spec/players").asInt()).isEqualTo(4);
        assertThat(byStatus.at("/status/players").asInt()).isEqualTo(3);
    }

    @Test
    void generationCountsChangesOfTheSpecAlone() {
        create("{\"metadata\":{\"name\":\"trio\"},\"spec\":{}}");

        assertThat(generation(patch("/trio", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}")))
                .isEqualTo(1);
        assertThat(generation(patch("/trio/status", "{\"status\":{\"players\":3}}")))
                .isEqualTo(1);
        assertThat(generation(patch("/trio", "{\"spec\":{\"players\":5}}"))).isEqualTo(2);
    }

    @Test
    void kubectlScalesThroughTheScaleSubresource() {
        create("{\"metadata\":{\"name\":\"trio\"},\"spec\":{\"players\":3}}");

        api.kubectl()
                .run("scale", "band/trio", "--replicas=5", "--current-replicas=3")
                .succeeds();

        assertThat(Json.object(api.get(BANDS + "/trio").body())
                        .at("/spec/players")
                        .asInt())
                .isEqualTo(5);
        assertThat(Json.object(api.get(BANDS + "/trio/scale").body())
                        .at("/spec/replicas")
                        .asInt())
                .isEqualTo(5);
    }

    @Test
    void anUpdateMustNameTheVersionItChanges() {
        create("{\"metadata\":{\"name\":\"trio\"},\"spec\":{}}");

        var answer =
                api.send("PUT", BANDS + "/trio", "application/json", "{\"metadata\":{\"name\":\"trio\"},\"spec\":{}}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("metadata.resourceVersion: Invalid value: 0: must be specified for an update");
    }

    @Test
    void aStrategicPatchOfACustomResourceIsUnsupported() {
        create("{\"metadata\":{\"name\":\"trio\"},\"spec\":{}}");

        assertThat(api.send("PATCH", BANDS + "/trio", "application/strategic-merge-patch+json", "{}")
                        .statusCode())
                .isEqualTo(415);
    }

    private static int generation(ObjectNode object) {
        return object.at("/metadata/generation").asInt();
    }

    private ObjectNode create(String body) {
        var answer = api.send("POST", BANDS, "application/json", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Json.object(answer.body());
    }

    private ObjectNode patch(String path, String patch) {
        var answer = api.send("PATCH", BANDS + path, MERGE, patch);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.object(answer.body());
    }
}
