package io.serverherd.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code kubectl apply}, from the client's side and from the server's. */
@Timeout(120)
class ApplyTest {

    private static final String SET = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: band}
            spec:
              serviceName: band
              replicas: %d
              selector: {matchLabels: {app: band}}
              template:
                metadata: {labels: {app: band}}
                spec:
                  containers:
                  - {name: singer, image: "x:1", ports: [{containerPort: 12000, protocol: TCP}]}
            """;

    @RegisterExtension
    final TestApi api = new TestApi();

    @Test
    void applyingTwiceChangesNothing() {
        assertThat(apply(SET.formatted(1))).contains("statefulset.apps/band created");
        String version = set().getMetadata().getResourceVersion();

        assertThat(apply(SET.formatted(1))).contains("statefulset.apps/band unchanged");
        assertThat(set().getMetadata().getResourceVersion()).isEqualTo(version);
    }

    @Test
    void anAppliedChangeMergesIntoWhatOthersSet() {
        apply(SET.formatted(1));
        api.kubectl().run("label", "sts/band", "by=hand").succeeds();

        apply(SET.formatted(3));

        assertThat(set().getSpec().getReplicas()).isEqualTo(3);
        assertThat(set().getMetadata().getLabels()).containsEntry("by", "hand");
        assertThat(set().getMetadata().getGeneration()).isEqualTo(2);
    }

    @Test
    void aServiceThatLeavesTheNodesGivesBackItsPort() {
        String service = """
                apiVersion: v1
                kind: Service
                metadata: {name: band}
                spec: {type: %s, selector: {app: band}, ports: [{port: 12000, protocol: TCP}]}
                """;
        applyAs("first", service.formatted("LoadBalancer")).succeeds();
        ServiceSpec before = service();
        assertThat(before.getAllocateLoadBalancerNodePorts()).isTrue();
        assertThat(before.getPorts().get(0).getNodePort()).isNotNull();

        applyAs("first", service.formatted("ClusterIP")).succeeds();

        ServiceSpec after = service();
        assertThat(after.getPorts().get(0).getNodePort()).isNull();
        assertThat(after.getExternalTrafficPolicy()).isNull();
        assertThat(after.getAllocateLoadBalancerNodePorts()).isNull();
        assertThat(after.getClusterIP()).isEqualTo(before.getClusterIP());
    }

    @Test
    void serverSideAppliesConflictOverWhatBothOwn() {
        applyAs("first", SET.formatted(1)).succeeds();

        String refusal = applyAs("second", SET.formatted(2)).fails();
        assertThat(refusal).contains("conflict with \"first\"", ".spec.replicas");

        applyAs("second", SET.formatted(2), "--force-conflicts").succeeds();
        assertThat(set().getSpec().getReplicas()).isEqualTo(2);
        assertThat(api.kubectl()
                        .run("get", "sts", "band", "-o", "yaml", "--show-managed-fields")
                        .succeeds())
                .contains("manager: first", "manager: second", "operation: Apply");
    }

    @Test
    void aServerSideApplyThatChangesNothingIsNoWrite() {
        applyAs("first", SET.formatted(1)).succeeds();
        String version = set().getMetadata().getResourceVersion();

        applyAs("first", SET.formatted(1)).succeeds();

        assertThat(set().getMetadata().getResourceVersion()).isEqualTo(version);
    }

    @Test
    void anApplyMayBeBoundToTheObjectThatWasSeenOrToNone() {
        String other = "00000000-0000-0000-0000-000000000000";

        assertThat(applyMap("resourceVersion: \"1\"").statusCode())
                .as("none was seen, none is there")
                .isEqualTo(201);
        assertThat(applyMap("resourceVersion: \"1\"").statusCode())
                .as("none was seen, one is there")
                .isEqualTo(409);
        String uid =
                api.client().configMaps().withName("map").get().getMetadata().getUid();
        assertThat(applyMap("uid: " + uid).statusCode())
                .as("the one that is there")
                .isEqualTo(200);
        assertThat(applyMap("uid: " + other).body())
                .as("another")
                .contains("metadata.uid: Invalid value: \\\"" + other + "\\\": field is immutable");
        api.client().configMaps().withName("map").delete();
        assertThat(applyMap("uid: " + uid).body())
                .as("one that is gone")
                .contains("uid mismatch: the provided object specified uid " + uid);
    }

    private HttpResponse<String> applyMap(String metadata) {
        return api.send(
                "PATCH",
                "/api/v1/namespaces/default/configmaps/map?fieldManager=test&force=true",
                "application/apply-patch+yaml",
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: map, %s}}".formatted(metadata));
    }

    @Test
    void diffShowsWhatApplyWouldDoAndDoesNot() {
        apply(SET.formatted(1));

        var diff = api.kubectl().runWith(SET.formatted(5), "diff", "-f", "-");

        assertThat(diff.code()).isEqualTo(1);
        assertThat(diff.out()).contains("-  replicas: 1", "+  replicas: 5");
        assertThat(set().getSpec().getReplicas()).isEqualTo(1);
        assertThat(api.kubectl().runWith(SET.formatted(1), "diff", "-f", "-").code())
                .isZero();
    }

    @Test
    void anUnknownFieldIsRefusedByApply() {
        var answer = api.kubectl().runWith(SET.formatted(1).replace("serviceName", "serviceNam"), "apply", "-f", "-");

        assertThat(answer.fails()).contains("strict decoding error: unknown field \"spec.serviceNam\"");
    }

    @Test
    void anImmutableFieldIsRefused() {
        apply(SET.formatted(1));

        var answer = api.kubectl()
                .runWith(SET.formatted(1).replace("serviceName: band", "serviceName: other"), "apply", "-f", "-");

        assertThat(answer.fails()).contains("updates to statefulset spec for fields other than");
    }

    @Test
    void imagesLabelsAndAnnotationsAreChangedByTheirCommands() {
        apply(SET.formatted(1));

        api.kubectl().run("set", "image", "sts/band", "singer=x:2").succeeds();
        api.kubectl().run("annotate", "sts/band", "note=well").succeeds();
        api.kubectl()
                .run(
                        "patch",
                        "sts",
                        "band",
                        "--type=json",
                        "-p",
                        "[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":4}]")
                .succeeds();

        StatefulSet set = set();
        assertThat(set.getSpec().getTemplate().getSpec().getContainers().get(0).getImage())
                .isEqualTo("x:2");
        assertThat(set.getSpec().getTemplate().getSpec().getContainers().get(0).getPorts())
                .hasSize(1);
        assertThat(set.getMetadata().getAnnotations()).containsEntry("note", "well");
        assertThat(set.getSpec().getReplicas()).isEqualTo(4);
    }

    @Test
    void anEditIsAPatchOfWhatTheEditorSaved() {
        apply(SET.formatted(1));

        api.kubectl()
                .editWith("sed -i 's/replicas: 1/replicas: 6/'", "edit", "sts/band")
                .succeeds();

        assertThat(set().getSpec().getReplicas()).isEqualTo(6);
    }

    private StatefulSet set() {
        return api.client().apps().statefulSets().withName("band").get();
    }

    private ServiceSpec service() {
        return api.client().services().withName("band").get().getSpec();
    }

    private String apply(String manifest) {
        return api.kubectl().runWith(manifest, "apply", "-f", "-").succeeds();
    }

    private Kubectl.Result applyAs(String manager, String manifest, String... more) {
        String[] arguments = {"apply", "--server-side", "--field-manager=" + manager, "-f", "-"};
        return api.kubectl()
                .runWith(
                        manifest,
                        java.util.stream.Stream.concat(
                                        java.util.Arrays.stream(arguments), java.util.Arrays.stream(more))
                                .toArray(String[]::new));
    }
}
