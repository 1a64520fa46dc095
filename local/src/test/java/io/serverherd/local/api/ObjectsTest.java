package io.serverherd.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** create, get, list, update and delete of plain objects. */
class ObjectsTest {

    @RegisterExtension
    final TestApi api = new TestApi();

    @Test
    void aCreatedObjectGetsTheServersMetadata() {
        ConfigMap created = api.createConfigMap("tune", Map.of());

        assertThat(created.getMetadata().getUid()).isNotBlank();
        assertThat(created.getMetadata().getResourceVersion()).isNotBlank();
        assertThat(created.getMetadata().getCreationTimestamp()).isNotBlank();
        assertThat(created.getMetadata().getNamespace()).isEqualTo("default");
        assertThat(api.client().configMaps().withName("tune").get()).isEqualTo(created);
    }

    @Test
    void generateNameAddsASuffixOfItsOwn() {
        String first = createGenerated();
        String second = createGenerated();

        assertThat(first).matches("tune-[a-z0-9]{5}");
        assertThat(second).isNotEqualTo(first);
    }

    private String createGenerated() {
        return api.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withGenerateName("tune-")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
    }

    @Test
    void aListIsInOrderOfNames() {
        api.createConfigMap("b", Map.of());
        api.createConfigMap("c", Map.of());
        api.createConfigMap("a", Map.of());

        assertThat(api.client().configMaps().list().getItems())
                .extracting(map -> map.getMetadata().getName())
                .containsExactly("a", "b", "c");
    }

    @Test
    void anUpdateOfAnOldVersionIsAConflict() {
        ConfigMap old = api.createConfigMap("tune", Map.of());
        api.client().resource(with(old, "new")).update();

        assertThatThrownBy(() -> api.client().resource(with(old, "late")).update())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refusal -> assertThat(refusal.getStatus().getReason()).isEqualTo("Conflict"))
                .hasMessageContaining("the object has been modified");
    }

    private static ConfigMap with(ConfigMap map, String value) {
        return new ConfigMapBuilder(map).addToData("key", value).build();
    }

    @Test
    void anUpdateThatChangesNothingKeepsTheVersion() {
        ConfigMap created = api.createConfigMap("tune", Map.of());

        ConfigMap updated = api.client().resource(created).update();

        assertThat(updated.getMetadata().getResourceVersion())
                .isEqualTo(created.getMetadata().getResourceVersion());
    }

    @Test
    void aDryRunStoresNothing() {
        String path = "/api/v1/namespaces/default/configmaps?dryRun=All";

        var answer = api.send("POST", path, "application/json", "{\"metadata\":{\"name\":\"tune\"}}");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).contains("\"uid\"");
        assertThat(api.client().configMaps().withName("tune").get()).isNull();
    }

    @Test
    void stringDataOfASecretIsStoredAsData() {
        api.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("key")
                        .endMetadata()
                        .addToStringData("api-key", "abc")
                        .build())
                .create();

        var stored = api.client().secrets().withName("key").get();

        assertThat(stored.getData()).containsExactly(Map.entry("api-key", "YWJj"));
        assertThat(stored.getStringData()).isNullOrEmpty();
        assertThat(stored.getType()).isEqualTo("Opaque");
    }

    @Test
    void aServiceGetsAnAddressUnlessItIsHeadless() {
        assertThat(createService("plain", null)).matches("10\\.96\\.\\d+\\.\\d+");
        assertThat(createService("headless", "None")).isEqualTo("None");
    }

    private String createService(String name, String address) {
        return api.client()
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withClusterIP(address)
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build())
                .create()
                .getSpec()
                .getClusterIP();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    POST | /api/v1/namespaces/default/services | {"metadata":{"name":"a"},"spec":{"ports":[{"port":80},{"port":81,"name":"x"}]}} | 422 | Service "a" is invalid: spec.ports[0].name: Required value
                    POST | /api/v1/namespaces/default/services | {"metadata":{"name":"a"},"spec":{"ports":[{"port":80,"name":"x"},{"port":81,"name":"x"}]}} | 422 | Service "a" is invalid: spec.ports[1].name: Duplicate value: "x"
                    POST | /api/v1/namespaces/default/secrets | {"metadata":{"name":"a"},"type":"kubernetes.io/tls","data":{"tls.crt":""}} | 422 | Secret "a" is invalid: data[tls.key]: Required value
                    POST | /apis/policy/v1/namespaces/default/poddisruptionbudgets | {"metadata":{"name":"a"},"spec":{"minAvailable":3,"maxUnavailable":1}} | 422 | PodDisruptionBudget.policy "a" is invalid: spec: Invalid value
                    GET  | /api/v1/namespaces/default/pods/nope | | 404 | pods "nope" not found
                    GET  | /apis/apps/v1/namespaces/default/statefulsets/nope | | 404 | statefulsets.apps "nope" not found
                    GET  | /apis/apps/v1/nope/x | | 404 | the server could not find the requested resource
                    POST | /api/v1/namespaces/nope/configmaps | {"metadata":{"name":"a"}} | 404 | namespaces "nope" not found
                    POST | /api/v1/namespaces/default/configmaps | {"metadata":{"name":"A_b"}} | 422 | ConfigMap "A_b" is invalid: metadata.name: Invalid value: "A_b": a lowercase RFC 1123 subdomain
                    POST | /api/v1/namespaces/default/configmaps | {"metadata":{}} | 422 | metadata.name: Required value: name or generateName is required
                    POST | /api/v1/namespaces/default/configmaps | {"kind":"Secret","metadata":{"name":"a"}} | 400 | the kind in the data (Secret) does not match the expected kind (ConfigMap)
                    POST | /api/v1/namespaces/default/configmaps | {"metadata": | 400 | error decoding the request body
                    POST | /api/v1/namespaces/default/configmaps?fieldValidation=Strict | {"metadata":{"name":"a"},"foo":1} | 400 | ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "foo"
                    POST | /api/v1/namespaces/default/configmaps?fieldValidation=Strict | {"metadata":{"name":"a"},"data":{"x":"1","x":"2"}} | 400 | strict decoding error: duplicate field "data.x"
                    GET  | /api/v1/pods?fieldSelector=spec.foo%3D1 | | 400 | field label not supported: spec.foo
                    GET  | /api/v1/pods?labelSelector=a+maybe+b | | 400 | unable to parse requirement
                    GET  | /api/v1/pods?watch=1&resourceVersion=new | | 400 | invalid resourceVersion "new": must be a whole number
                    PUT  | /api/v1/namespaces/default/configmaps | {} | 405 | the server does not allow this method
                    """)
    void refusalsAreStatusObjectsWithTheMessagesUsersKnow(
            String method, String path, String body, int code, String message) {
        var answer = api.send(method, path, "application/json", body == null ? "" : body);

        var status = io.fabric8.kubernetes.client.utils.Serialization.unmarshal(
                answer.body(), io.fabric8.kubernetes.api.model.Status.class);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(code);
        assertThat(status.getMessage()).contains(message);
        assertThat(status.getCode()).isEqualTo(code);
    }

    @Test
    void unknownFieldsAreWarnedOfByDefaultAndNotStored() {
        var answer = api.send(
                "POST",
                "/api/v1/namespaces/default/configmaps",
                "application/json",
                "{\"metadata\":{\"name\":\"a\"},\"foo\":1}");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Warning")).hasValue("299 - \"unknown field \\\"foo\\\"\"");
        assertThat(answer.body()).doesNotContain("foo");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    configmaps | {"data": {"a": "2"}} | ConfigMap "frozen" is invalid: data: Forbidden
                    configmaps | {"binaryData": {"b": "eA=="}} | ConfigMap "frozen" is invalid: binaryData: Forbidden
                    configmaps | {"immutable": null} | ConfigMap "frozen" is invalid: immutable: Forbidden
                    secrets | {"data": {"a": "eA=="}} | Secret "frozen" is invalid: data: Forbidden
                    secrets | {"immutable": false} | Secret "frozen" is invalid: immutable: Forbidden
                    """)
    void dataThatIsMadeImmutableIsNotChangedAnyMore(String plural, String change, String message) {
        String path = "/api/v1/namespaces/default/" + plural;
        api.send("POST", path, "application/json", """
                {"metadata": {"name": "frozen"}, "immutable": true, "data": {"a": ""}}""");

        var refused = patch(path, change);
        var labelled = patch(path, "{\"metadata\": {\"labels\": {\"a\": \"b\"}}}");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains(message.replace("\"", "\\\"") + ": field is immutable when `immutable` is set");
        assertThat(labelled.statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> patch(String path, String change) {
        return api.send("PATCH", path + "/frozen", "application/merge-patch+json", change);
    }
}
