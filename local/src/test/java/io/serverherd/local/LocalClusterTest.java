package io.serverherd.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.serverherd.local.kubelet.Images;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods that are shell scripts, driven through the API as any client does. */
class LocalClusterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path state;

    private static LocalCluster cluster;
    private static KubernetesClient client;

    @BeforeAll
    static void start() throws IOException {
        Images images = Images.none().with("test/sh", List.of("/bin/sh", "-c"));
        cluster = LocalCluster.start(new LocalCluster.Options(state, LocalCluster.randomPodNetwork(), images));
        client = cluster.client();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void aSetsPodRunsAsAProcessAndItsStatusSaysSo() {
        client.resource(set("basic", "echo hello from $HOSTNAME at $POD_IP; exec sleep 1000"))
                .create();

        Pod pod = awaitPod("basic-0", LocalClusterTest::isReady);
        String ip = pod.getStatus().getPodIP();
        assertThat(ip).startsWith("127.");
        assertThat(pod.getSpec().getNodeName()).isEqualTo("local");
        assertThat(container(pod))
                .returns(true, ContainerStatus::getReady)
                .returns(true, ContainerStatus::getStarted)
                .returns(0, ContainerStatus::getRestartCount)
                .returns("test/sh:1", ContainerStatus::getImage);
        assertThat(process(pod)).isPresent();
        await().atMost(PATIENCE).until(() -> log("basic-0").equals("hello from basic-0 at " + ip + "\n"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(statefulSet("basic").getStatus())
                        .returns(1, it -> it.getReadyReplicas())
                        .returns(1, it -> it.getAvailableReplicas())
                        .returns(1, it -> it.getUpdatedReplicas())
                        .returns(1L, it -> it.getObservedGeneration()));
        assertThat(reasons("basic-0")).contains("Scheduled", "Pulled", "Started");
        assertThat(reasons("basic")).contains("SuccessfulCreate");
    }

    @Test
    void thisMachineIsTheOnlyNode() {
        assertThat(client.nodes().list().getItems()).singleElement().satisfies(node -> {
            assertThat(node.getMetadata().getName()).isEqualTo("local");
            assertThat(node.getStatus().getConditions())
                    .anyMatch(condition -> condition.getType().equals("Ready")
                            && condition.getStatus().equals("True"));
        });
    }

    @Test
    void aBudgetSaysHowManyPodsMayGo() {
        client.resource(Serialization.unmarshal("""
                        apiVersion: policy/v1
                        kind: PodDisruptionBudget
                        metadata: {name: budgeted, namespace: default}
                        spec: {maxUnavailable: 1, selector: {matchLabels: {app: budgeted}}}
                        """, PodDisruptionBudget.class)).create();
        client.resource(set("budgeted", "exec sleep 1000")).create();

        await().atMost(PATIENCE)
                .until(() -> Objects.equals(
                        client.policy()
                                .v1()
                                .podDisruptionBudget()
                                .inNamespace("default")
                                .withName("budgeted")
                                .get()
                                .getStatus()
                                .getDisruptionsAllowed(),
                        1));
    }

    @Test
    void nothingIsWrittenWhileNothingChanges() {
        client.resource(set("idle", "exec sleep 1000")).create();
        awaitPod("idle-0", LocalClusterTest::isReady);
        await().atMost(PATIENCE)
                .until(() -> Objects.equals(statefulSet("idle").getStatus().getAvailableReplicas(), 1));
        String podVersion = pod("idle-0").getMetadata().getResourceVersion();
        String setVersion = statefulSet("idle").getMetadata().getResourceVersion();

        // Whoever would write in answer to these two sees them first.
        client.resource(set("idle-witness", "exec sleep 1000")).create();
        awaitPod("idle-witness-0", LocalClusterTest::isReady);

        assertThat(pod("idle-0").getMetadata().getResourceVersion()).isEqualTo(podVersion);
        assertThat(statefulSet("idle").getMetadata().getResourceVersion()).isEqualTo(setVersion);
    }

    @Test
    void withOnDeleteANewTemplateWaitsForThePodsDeletion() {
        client.resource(set("ondelete", "exec sleep 1000")).create();
        Pod before = awaitPod("ondelete-0", LocalClusterTest::isReady);
        // The controller's last word on it; one in between would be in the edit's way.
        await().atMost(PATIENCE)
                .until(() -> Objects.equals(statefulSet("ondelete").getStatus().getAvailableReplicas(), 1));

        client.apps().statefulSets().inNamespace("default").withName("ondelete").edit(set -> {
            set.getSpec().getTemplate().getSpec().getContainers().get(0).setArgs(List.of("echo new; exec sleep 1000"));
            return set;
        });
        await().atMost(PATIENCE).until(() -> statefulSet("ondelete").getStatus().getUpdatedReplicas() == null);
        assertThat(pod("ondelete-0").getMetadata().getUid())
                .isEqualTo(before.getMetadata().getUid());

        client.resource(before).delete();

        Pod after = awaitPod("ondelete-0", pod -> isOther(pod, before) && isReady(pod));
        assertThat(after.getMetadata().getLabels().get("controller-revision-hash"))
                .isEqualTo(statefulSet("ondelete").getStatus().getUpdateRevision());
        await().atMost(PATIENCE).until(() -> log("ondelete-0").equals("new\n"));
        assertThat(process(before)).isEmpty();
    }

    @Test
    void scalingToNoneEndsTheProcess() {
        client.resource(set("scaled", "exec sleep 1000")).create();
        Pod pod = awaitPod("scaled-0", LocalClusterTest::isReady);

        client.apps().statefulSets().inNamespace("default").withName("scaled").scale(0);

        awaitGone("scaled-0");
        assertThat(process(pod)).isEmpty();
        await().atMost(PATIENCE).until(() -> statefulSet("scaled").getStatus().getReplicas() == 0);
    }

    @Test
    void aTouchedPodSeesANewConfigMapAtOnce() {
        client.resource(configMap("touched", "one")).create();
        client.resource(set("touched", """
                        last=
                        while :; do
                          now=$(cat $CONFIG/text); [ "$now" = "$last" ] || echo "$now"; last=$now; sleep 0.05
                        done
                        """, """
                        volumes: [{name: config, configMap: {name: touched}}]
                        """, """
                        volumeMounts: [{name: config, mountPath: /etc/config}]
                        """)).create();
        await().atMost(PATIENCE).until(() -> log("touched-0").equals("one\n"));

        client.resource(configMap("touched", "two")).update();
        client.pods().inNamespace("default").withName("touched-0").edit(pod -> new PodBuilder(pod)
                .editMetadata()
                .addToAnnotations("touched", "yes")
                .endMetadata()
                .build());

        await().atMost(PATIENCE).until(() -> log("touched-0").equals("one\ntwo\n"));
        assertThat(container(pod("touched-0")).getRestartCount()).isZero();
    }

    @Test
    void aMissingConfigMapHoldsThePodUntilItIsThere() {
        client.resource(set("held", "exec sleep 1000", """
                        volumes: [{name: config, configMap: {name: held}}]
                        """, "")).create();
        await().atMost(PATIENCE).until(() -> messages("held-0")
                .contains("MountVolume.SetUp failed for volume \"config\" : configmap \"held\" not found"));
        assertThat(container(pod("held-0")).getState().getWaiting().getReason()).isEqualTo("ContainerCreating");
        assertThat(pod("held-0").getStatus().getPhase()).isEqualTo("Pending");

        client.resource(configMap("held", "x")).create();

        awaitPod("held-0", LocalClusterTest::isReady);
    }

    @Test
    void readinessFollowsTheProbe() throws IOException {
        try (Switchable server = new Switchable()) {
            server.status.set(503);
            client.resource(set("probed", "exec sleep 1000", "", server.probe("readinessProbe", "failureThreshold: 1")))
                    .create();
            await().atMost(PATIENCE).until(() -> messages("probed-0")
                    .contains("Readiness probe failed: HTTP probe failed with statuscode: 503"));
            assertThat(isReady(pod("probed-0"))).isFalse();
            assertThat(pod("probed-0").getStatus().getPhase()).isEqualTo("Running");

            server.status.set(200);
            awaitPod("probed-0", LocalClusterTest::isReady);

            server.status.set(500);
            Pod unready = awaitPod("probed-0", pod -> !isReady(pod));
            assertThat(container(unready).getRestartCount()).isZero();
            await().atMost(PATIENCE)
                    .until(() -> statefulSet("probed").getStatus().getReadyReplicas() == null);
        }
    }

    @Test
    void aFailedLivenessProbeRestartsTheContainer() throws IOException {
        try (Switchable server = new Switchable()) {
            client.resource(set("lively", "exec sleep 1000", "", server.probe("livenessProbe", "failureThreshold: 2")))
                    .create();
            Pod first = awaitPod("lively-0", LocalClusterTest::isReady);

            server.status.set(500);

            Pod restarted = awaitPod("lively-0", pod -> container(pod).getRestartCount() > 0);
            assertThat(container(restarted).getLastState().getTerminated().getExitCode())
                    .isEqualTo(128 + 15);
            assertThat(messages("lively-0")).contains("Container c failed liveness probe, will be restarted");
            assertThat(process(first)).isEmpty();
        }
    }

    @Test
    void aCrashingContainerIsRestartedWithBackOffAndKeepsItsLastLog() {
        client.resource(set("crashing", "echo run; exit 3")).create();

        Pod waiting = awaitPod(
                "crashing-0",
                pod -> container(pod).getState().getWaiting() != null
                        && "CrashLoopBackOff"
                                .equals(container(pod).getState().getWaiting().getReason()));
        assertThat(container(waiting).getRestartCount()).isPositive();
        assertThat(container(waiting).getLastState().getTerminated())
                .returns(3, it -> it.getExitCode())
                .returns("Error", it -> it.getReason());
        assertThat(waiting.getStatus().getPhase()).isEqualTo("Running");
        assertThat(client.pods()
                        .inNamespace("default")
                        .withName("crashing-0")
                        .terminated()
                        .getLog())
                .isEqualTo("run\n");
        assertThat(reasons("crashing-0")).contains("BackOff");
    }

    @Test
    void deletionAsksTheProcessAndWaitsForIt() throws IOException {
        client.resource(set(
                        "polite",
                        "trap 'sleep 0.5; echo bye > $DATA/farewell; exit 0' TERM; touch $DATA/up; while :; do sleep 0.05; done",
                        """
                        volumes: [{name: data, persistentVolumeClaim: {claimName: polite}}]
                        """,
                        """
                        volumeMounts: [{name: data, mountPath: /data}]
                        """))
                .create();
        PersistentVolumeClaim claim = client.resource(claim("polite")).create();
        Path folder =
                state.resolve("claims/default/polite-" + claim.getMetadata().getUid());
        await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("up")));
        Pod pod = awaitPod("polite-0", LocalClusterTest::isReady);

        client.apps().statefulSets().inNamespace("default").withName("polite").scale(0);

        awaitGone("polite-0");
        assertThat(folder.resolve("farewell")).hasContent("bye\n");
        assertThat(process(pod)).isEmpty();
    }

    @Test
    void aProcessThatDoesNotListenIsKilledAfterTheGracePeriod() {
        client.resource(pod("deaf", "trap '' TERM; echo up; while :; do sleep 0.05; done"))
                .create();
        await().atMost(PATIENCE).until(() -> log("deaf").equals("up\n"));
        Pod pod = awaitPod("deaf", LocalClusterTest::isReady);

        client.pods().inNamespace("default").withName("deaf").withGracePeriod(1).delete();

        awaitGone("deaf");
        await().atMost(PATIENCE).until(() -> process(pod).isEmpty());
    }

    @Test
    void anUnknownImageIsSaidAndAKnownOneHelps() {
        Pod unknown = pod("imageless", "exec sleep 1000");
        unknown.getSpec().getContainers().get(0).setImage("nowhere/nothing:1");
        client.resource(unknown).create();

        awaitPod(
                "imageless",
                pod -> container(pod).getState().getWaiting() != null
                        && "ImagePullBackOff"
                                .equals(container(pod).getState().getWaiting().getReason()));
        assertThat(messages("imageless")).contains("Error: ErrImagePull", "Error: ImagePullBackOff");
        assertThat(pod("imageless").getStatus().getPhase()).isEqualTo("Pending");

        client.pods().inNamespace("default").withName("imageless").edit(pod -> {
            pod.getSpec().getContainers().get(0).setImage("test/sh:1");
            return pod;
        });

        awaitPod("imageless", LocalClusterTest::isReady);
    }

    @Test
    void aPodRemovedByForceIsMadeAgainAndItsProcessEnds() {
        client.resource(set("ending", "exec sleep 1000")).create();
        Pod first = awaitPod("ending-0", LocalClusterTest::isReady);

        client.resource(first).withGracePeriod(0).delete();

        awaitPod("ending-0", pod -> isOther(pod, first) && isReady(pod));
        await().atMost(PATIENCE).until(() -> process(first).isEmpty());
    }

    @Test
    void podsFindEachOtherByNameInTheHostsFile() {
        client.resource(Serialization.unmarshal("""
                        apiVersion: v1
                        kind: Service
                        metadata: {name: named-peers, namespace: default}
                        spec: {clusterIP: None, selector: {app: named}, ports: [{port: 1, protocol: TCP}]}
                        """, Service.class)).create();
        client.resource(set("named", "exec sleep 1000")).create();

        Pod pod = awaitPod("named-0", LocalClusterTest::isReady);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(state.resolve("hosts"))
                .content()
                .containsPattern(
                        "(?m)^" + pod.getStatus().getPodIP() + " .*\\bnamed-0\\.named-peers\\.default\\.svc\\b"));

        client.apps().statefulSets().inNamespace("default").withName("named").scale(0);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(state.resolve("hosts")).content().doesNotContain("named-0"));
    }

    @Test
    void aClosedClusterLeavesNoProcess(@TempDir Path ownState) throws IOException {
        LocalCluster own = LocalCluster.start(new LocalCluster.Options(
                ownState, LocalCluster.randomPodNetwork(), Images.none().with("test/sh", List.of("/bin/sh", "-c"))));
        Pod pod;
        try (own) {
            own.client()
                    .resource(pod("left", "trap '' TERM; sleep 1000 & wait"))
                    .create();
            await().atMost(PATIENCE)
                    .until(() -> isReady(own.client()
                            .pods()
                            .inNamespace("default")
                            .withName("left")
                            .get()));
            pod = own.client().pods().inNamespace("default").withName("left").get();
            assertThat(process(pod)).isPresent();
        }

        assertThat(process(pod)).isEmpty();
        assertThat(ownState.resolve("processes")).isEmptyDirectory();
        assertThat(ownState.resolve("pods")).isEmptyDirectory();
    }

    // A probe's target that the test switches

    private static final class Switchable implements AutoCloseable {
        private final AtomicInteger status = new AtomicInteger(200);
        private final HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);

        Switchable() throws IOException {
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(status.get(), -1);
                exchange.close();
            });
            server.start();
        }

        String probe(String kind, String thresholds) {
            return "%s: {httpGet: {host: 127.0.0.1, port: %d, path: /x}, periodSeconds: 1, %s}\n"
                    .formatted(kind, server.getAddress().getPort(), thresholds);
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    // What the tests make

    private static StatefulSet set(String name, String script) {
        return set(name, script, "", "");
    }

    private static StatefulSet set(String name, String script, String podYaml, String containerYaml) {
        StatefulSet set = Serialization.unmarshal("""
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: %1$s, namespace: default}
                spec:
                  replicas: 1
                  serviceName: %1$s-peers
                  updateStrategy: {type: OnDelete}
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec: {}
                """.formatted(name), StatefulSet.class);
        set.getSpec()
                .getTemplate()
                .setSpec(pod(name, script, podYaml, containerYaml).getSpec());
        return set;
    }

    private static Pod pod(String name, String script) {
        return pod(name, script, "", "");
    }

    private static Pod pod(String name, String script, String podYaml, String containerYaml) {
        Pod pod = Serialization.unmarshal("""
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: default}
                spec:
                  terminationGracePeriodSeconds: 5
                  containers:
                  - name: c
                    image: test/sh:1
                    env:
                    - {name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
                    - {name: CONFIG, value: /etc/config}
                    - {name: DATA, value: /data}
                %s
                %s
                """.formatted(name, containerYaml.indent(4), podYaml.indent(2)), Pod.class);
        pod.getSpec().getContainers().get(0).setArgs(List.of(script));
        return pod;
    }

    private static ConfigMap configMap(String name, String text) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withData(Map.of("text", text))
                .build();
    }

    private static PersistentVolumeClaim claim(String name) {
        return Serialization.unmarshal("""
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: %s, namespace: default}
                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}
                """.formatted(name), PersistentVolumeClaim.class);
    }

    // What the tests look at

    private static Pod pod(String name) {
        return client.pods().inNamespace("default").withName(name).get();
    }

    private static StatefulSet statefulSet(String name) {
        return client.apps()
                .statefulSets()
                .inNamespace("default")
                .withName(name)
                .get();
    }

    private static Pod awaitPod(String name, Predicate<Pod> wanted) {
        return await().atMost(PATIENCE)
                .until(() -> pod(name), pod -> pod != null && hasContainer(pod) && wanted.test(pod));
    }

    private static void awaitGone(String name) {
        await().atMost(PATIENCE).until(() -> pod(name) == null);
    }

    private static boolean hasContainer(Pod pod) {
        return pod.getStatus() != null
                && !pod.getStatus().getContainerStatuses().isEmpty();
    }

    private static ContainerStatus container(Pod pod) {
        return pod.getStatus().getContainerStatuses().get(0);
    }

    private static boolean isReady(Pod pod) {
        return pod != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    private static boolean isOther(Pod pod, Pod before) {
        return !pod.getMetadata().getUid().equals(before.getMetadata().getUid());
    }

    private static Optional<ProcessHandle> process(Pod pod) {
        String id = container(pod).getContainerID();
        return ProcessHandle.of(Long.parseLong(id.substring("process://".length())));
    }

    private static String log(String pod) {
        return isStarted(pod)
                ? client.pods().inNamespace("default").withName(pod).getLog()
                : "";
    }

    private static boolean isStarted(String name) {
        Pod pod = pod(name);
        return pod != null && hasContainer(pod) && container(pod).getContainerID() != null;
    }

    private static List<String> reasons(String object) {
        return events(object).stream().map(Event::getReason).toList();
    }

    private static List<String> messages(String object) {
        return events(object).stream().map(Event::getMessage).toList();
    }

    private static List<Event> events(String object) {
        return client.v1().events().inNamespace("default").list().getItems().stream()
                .filter(event -> object.equals(event.getInvolvedObject().getName()))
                .toList();
    }
}
