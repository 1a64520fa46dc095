package io.serverherd.operator.scenario;

import static io.serverherd.operator.scenario.HerdObject.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hands that delete or edit what a herd is made of: it is put right within 10 s, and the servers notice as little as can be. */
@AloneOnARealCluster
class TamperingIT {
    private static final HerdManifest TRIO =
            HerdManifest.herd("kept").servers("A B C").edges("A-B B-C A-C").with("service", Map.of("perServer", true));
    private static final String OTHER_TEMPLATE =
            "{\"spec\": {\"template\": {\"spec\": {\"terminationGracePeriodSeconds\": 99}}}}";
    private static final String OTHER_SELECTOR = "{\"spec\": {\"selector\": {\"app\": \"nobody\"}}}";

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    private static HerdUnderTest herd;
    private Untouched all;
    private Untouched allButA;

    @BeforeAll
    static void aHerdForAll() {
        herd = CLUSTER.apply(TRIO);
    }

    @BeforeEach
    void look() throws Exception {
        herd.awaitReady();
        all = Untouched.all(herd);
        allButA = Untouched.allBut("A", herd);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "StatefulSet/kept-a",
                "ConfigMap/kept-a",
                "Service/kept-a",
                "Service/kept",
                "Service/kept-peers",
                "PodDisruptionBudget/kept",
                "NetworkPolicy/kept",
                "Secret/kept-peer-ca",
                "Secret/kept-a-peer-tls"
            })
    void whatIsDeletedIsMadeAgain(String name) throws Exception {
        HerdObject object = herd.object(name);
        JsonNode wanted = object.content();

        object.resource().delete();

        object.awaitSoon(wanted);
        herd.awaitReady();
        Untouched untouched = name.startsWith("StatefulSet/") ? allButA : all;
        untouched.assertThatTheyAreAsTheyWere();
    }

    @Test
    void aSetThatIsDeletedWithoutItsPodIsMadeAgainAroundIt() throws Exception {
        HerdObject set = herd.object("StatefulSet/kept-a");
        JsonNode wanted = set.content();
        String uid = set.uid();

        set.resource().withPropagationPolicy(DeletionPropagation.ORPHAN).delete();

        await().atMost(SOON).ignoreException(NullPointerException.class).until(() -> !set.uid()
                .equals(uid));
        set.awaitSoon(wanted);
        await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> assertThat(
                        herd.server("A").pod().getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getUid()).isEqualTo(set.uid())));
        herd.awaitReady();
        all.assertThatTheyAreAsTheyWere();
    }

    /** Also where the API would have a hand's part and the operator's together refused. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "StatefulSet/kept-a       | " + OTHER_TEMPLATE,
                "Service/kept-a           | {\"spec\": {\"selector\": {\"serverherd.io/set\": \"kept-b\"}}}",
                "Service/kept             | " + OTHER_SELECTOR,
                "Service/kept             | {\"spec\": {\"ports\": [{\"name\": \"client\", \"port\": 13000}]}}",
                "Service/kept-peers       | {\"spec\": {\"publishNotReadyAddresses\": false}}",
                "PodDisruptionBudget/kept | {\"spec\": {\"maxUnavailable\": 0}}",
                "PodDisruptionBudget/kept | {\"spec\": {\"maxUnavailable\": null, \"minAvailable\": 3}}",
                "NetworkPolicy/kept       | {\"spec\": {\"ingress\": []}}",
                "NetworkPolicy/kept       | {\"spec\": {\"podSelector\": {\"matchLabels\": {\"app\": \"nobody\"}}}}",
                "Secret/kept-peer-ca      | {\"data\": {\"ca.key\": \"\"}}",
                "Secret/kept-a-peer-tls   | {\"data\": {\"tls.crt\": \"\", \"ca.crt\": null}}"
            })
    void whatIsEditedIsPutRight(String name, String edit) throws Exception {
        HerdObject object = herd.object(name);
        JsonNode wanted = object.content();

        object.patch(edit);

        object.awaitSoon(wanted);
        herd.awaitReady();
        all.assertThatTheyAreAsTheyWere();
    }

    /** The server may have read what was there in between. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"neighbours\": []}", "{not json", ""})
    void aConfigurationThatIsEditedIsPutRight(String edit) {
        HerdObject config = herd.object("ConfigMap/kept-a");
        JsonNode wanted = config.content();
        Map<String, String> processes = herd.processes();

        config.patch("{\"data\": {\"herd.json\": " + JsonNodeFactory.instance.textNode(edit) + "}}");

        config.awaitSoon(wanted);
        herd.awaitReady();
        assertThat(herd.processes()).isEqualTo(processes);
    }

    @ParameterizedTest
    @CsvSource({"ConfigMap/kept-a, herd.json", "Secret/kept-a-peer-tls, tls.crt"})
    void whatIsDamagedAndMadeUnchangeableIsMadeAnew(String name, String file) throws Exception {
        HerdObject object = herd.object(name);
        String uid = object.uid();

        object.patch("{\"immutable\": true, \"data\": {\"" + file + "\": \"\"}}");

        await().atMost(SOON).ignoreException(NullPointerException.class).untilAsserted(() -> assertThat(object.uid())
                .isNotEqualTo(uid));
        assertThat(object.content().has("immutable")).isFalse();
        assertThat(object.content().at("/data/" + file).asText()).isNotEmpty();
        herd.awaitReady();
        all.assertThatTheyAreAsTheyWere();
    }

    @Test
    void aServerThatIsScaledAwayComesBack() throws Exception {
        HerdObject set = herd.object("StatefulSet/kept-a");
        JsonNode wanted = set.content();

        set.patch("{\"spec\": {\"replicas\": 0}}");

        set.awaitSoon(wanted);
        herd.awaitReady();
        allButA.assertThatTheyAreAsTheyWere();
    }

    @Test
    void whatWasTamperedWithWhileThereWasNoOperatorIsPutRightByTheNext() throws Exception {
        HerdObject set = herd.object("StatefulSet/kept-a");
        HerdObject config = herd.object("ConfigMap/kept-b");
        HerdObject service = herd.object("Service/kept");
        HerdObject budget = herd.object("PodDisruptionBudget/kept");
        HerdObject policy = herd.object("NetworkPolicy/kept");
        List<HerdObject> tampered = List.of(set, config, service, budget, policy);
        List<JsonNode> wanted = contents(tampered);

        CLUSTER.operator().stop();
        try {
            set.patch(OTHER_TEMPLATE);
            await().atMost(OperatedCluster.PATIENCE).until(() -> isSeen((StatefulSet) set.get()));
            config.resource().delete();
            service.patch(OTHER_SELECTOR);
            budget.resource().delete();
            policy.patch("{\"metadata\": {\"labels\": {\"app.kubernetes.io/managed-by\": null}}}");
        } finally {
            CLUSTER.startOperator().awaitReady();
        }

        await().atMost(SOON).untilAsserted(() -> assertThat(contents(tampered)).isEqualTo(wanted));
        herd.awaitReady();
        all.assertThatTheyAreAsTheyWere();
    }

    private static List<JsonNode> contents(List<HerdObject> objects) {
        return objects.stream().map(HerdObject::content).toList();
    }

    private static boolean isSeen(StatefulSet set) {
        return set.getStatus().getObservedGeneration().equals(set.getMetadata().getGeneration());
    }
}
