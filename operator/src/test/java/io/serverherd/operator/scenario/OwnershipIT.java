package io.serverherd.operator.scenario;

import static io.serverherd.operator.scenario.HerdObject.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hands that tamper with what tells whose an object is. By its labels the operator finds it, and puts them right; that it is
 * the herd's only its owner tells, and without that it is left alone.
 */
class OwnershipIT {
    private static final HerdManifest TRIO =
            HerdManifest.herd("owned").servers("A B C").edges("A-B B-C A-C").with("service", Map.of("perServer", true));
    /** One of each, and server A's own. */
    private static final List<String> OBJECTS = List.of(
            "StatefulSet/owned-a",
            "ConfigMap/owned-a",
            "Service/owned-a",
            "Service/owned",
            "Service/owned-peers",
            "PodDisruptionBudget/owned",
            "NetworkPolicy/owned",
            "Secret/owned-peer-ca",
            "Secret/owned-a-peer-tls");

    private static final String NO_LABELS = """
            {"app.kubernetes.io/name": null, "app.kubernetes.io/instance": null, "app.kubernetes.io/component": null,
             "app.kubernetes.io/managed-by": null, "serverherd.io/herd": null, "serverherd.io/server": null,
             "serverherd.io/set": null}""";

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    private static HerdUnderTest herd;
    private Untouched all;

    static List<String> objects() {
        return OBJECTS;
    }

    @BeforeAll
    static void aHerdForAll() {
        herd = CLUSTER.apply(TRIO);
    }

    @BeforeEach
    void look() throws Exception {
        herd.awaitReady();
        all = Untouched.all(herd);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"serverherd.io/herd\": null}",
                "{\"serverherd.io/herd\": \"another\"}",
                "{\"app.kubernetes.io/managed-by\": null}",
                "{\"app.kubernetes.io/managed-by\": \"another\"}",
                NO_LABELS
            })
    void labelsArePutRight(String labels) throws Exception {
        List<HerdObject> objects = OBJECTS.stream().map(herd::object).toList();
        List<JsonNode> wanted = objects.stream().map(HerdObject::content).toList();
        HerdObject authority = herd.object("Secret/owned-peer-ca");
        Map<String, String> keys = ((Secret) authority.get()).getData();

        objects.forEach(object -> object.patch("{\"metadata\": {\"labels\": " + labels + "}}"));

        await().atMost(SOON).untilAsserted(() -> assertThat(
                        objects.stream().map(HerdObject::content).toList())
                .isEqualTo(wanted));
        herd.awaitReady();
        all.assertThatTheyAreAsTheyWere();
        assertThat(((Secret) authority.get()).getData()).isEqualTo(keys);
    }

    /** A server that no Service, budget or policy knows would be none, though it runs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"app.kubernetes.io/name\": \"another\"}",
                "{\"app.kubernetes.io/managed-by\": null}",
                "{\"serverherd.io/herd\": \"another\"}",
                "{\"serverherd.io/set\": null}",
                NO_LABELS
            })
    void labelsOfAPodArePutRight(String labels) {
        HerdObject pod = herd.object("Pod/owned-a-0");
        JsonNode wanted = pod.content().path("metadata");

        pod.patch("{\"metadata\": {\"labels\": " + labels + "}}");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(pod.content().path("metadata")).isEqualTo(wanted));
        herd.awaitReady();
        all.assertThatTheyAreAsTheyWere();
    }

    @ParameterizedTest
    @MethodSource("objects")
    void whatIsNobodysAnyMoreIsLeftAloneAndSaidUntilItIsGone(String name) throws Exception {
        HerdObject object = herd.object(name);

        object.patch("{\"metadata\": {\"ownerReferences\": null}}");

        assertThatItIsLeftAloneUntilItIsGone(object);
    }

    @ParameterizedTest
    @MethodSource("objects")
    void whatIsGivenToAnotherIsLeftAloneAndSaidUntilItIsGone(String name) throws Exception {
        HerdObject object = herd.object(name);
        HasMetadata another = CLUSTER.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(herd.namespace())
                        .withGenerateName("another-")
                        .endMetadata()
                        .build())
                .create();

        object.patch(ownedBy(another));

        assertThatItIsLeftAloneUntilItIsGone(object);
    }

    private void assertThatItIsLeftAloneUntilItIsGone(HerdObject object) throws Exception {
        HasMetadata tampered = object.get();
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        herd.condition("NameConflict").path("message").asText())
                .contains(object.toString().replace('/', ' ')));
        assertThat(herd.condition("Ready").path("reason").asText()).isEqualTo("NameConflict");
        all.assertThatTheyServe();
        assertThat(object.uid()).isEqualTo(tampered.getMetadata().getUid());
        assertThat(object.get().getMetadata().getOwnerReferences())
                .isEqualTo(tampered.getMetadata().getOwnerReferences());

        object.resource().withPropagationPolicy(DeletionPropagation.ORPHAN).delete();

        herd.awaitReady();
        assertThat(herd.condition("NameConflict").isMissingNode()).isTrue();
        assertThat(object.get().getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getKind()).isEqualTo("ServerHerd"));
        all.assertThatTheyAreAsTheyWere();
    }

    /** The cluster's garbage collector takes what belongs to somebody who is gone, and the operator makes it again. */
    @ParameterizedTest
    @MethodSource("objects")
    void whatIsGivenToNobodyIsMadeAgain(String name) throws Exception {
        HerdObject object = herd.object(name);
        JsonNode wanted = object.content();
        Untouched untouched = name.startsWith("StatefulSet/") ? Untouched.allBut("A", herd) : all;

        object.patch(ownedBy(new ConfigMapBuilder()
                .withNewMetadata()
                .withName("gone")
                .withUid("00000000-0000-4000-8000-000000000000")
                .endMetadata()
                .build()));

        await().atMost(OperatedCluster.PATIENCE)
                .untilAsserted(() -> assertThat(object.content()).isEqualTo(wanted));
        herd.awaitReady();
        untouched.assertThatTheyAreAsTheyWere();
    }

    private static String ownedBy(HasMetadata owner) {
        return "{\"metadata\": {\"ownerReferences\": ["
                + new ObjectMapper()
                        .createObjectNode()
                        .put("apiVersion", owner.getApiVersion())
                        .put("kind", owner.getKind())
                        .put("name", owner.getMetadata().getName())
                        .put("uid", owner.getMetadata().getUid())
                        .put("controller", true)
                + "]}}";
    }
}
