package io.serverherd.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.serverherd.local.LocalCluster;
import io.serverherd.local.kubelet.Images;
import io.serverherd.operator.HerdOperator;
import io.serverherd.operator.Herds;
import io.serverherd.operator.OperatorConfig;
import io.serverherd.operator.api.EdgeSpec;
import io.serverherd.operator.api.HerdCondition;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.api.ServerHerdStatus;
import io.serverherd.operator.api.StorageSpec;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator against an API that answers as a real one does, and that refuses what the test says. No image can be had. */
class ServerHerdReconcilerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path state;

    private static LocalCluster cluster;

    private ApiTap tap;
    private KubernetesClient operatorsClient;
    private HerdOperator operator;

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = LocalCluster.start(new LocalCluster.Options(state, "127.0.41.0", Images.none()));
        cluster.client().resource(crdWithoutRules()).create();
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @BeforeEach
    void startOperator() throws Exception {
        tap = new ApiTap();
        operatorsClient = tap.client(cluster.apiUrl());
        operator = start();
    }

    @AfterEach
    void stopOperator() {
        operator.close();
        operatorsClient.close();
        tap.close();
        cluster.client().resources(ServerHerd.class).inNamespace("default").delete();
    }

    @Test
    void aHerdBecomesItsObjects() {
        apply(Herds.herd("born", "A-B B-C"));

        awaitState("born", "3 servers: ImagePullBackOff");
        assertThat(setsOf("born")).containsExactlyInAnyOrder("born-a", "born-b", "born-c");
        assertThat(status("born").observedGeneration()).isEqualTo(1);
        assertThat(status("born").summary().servers()).isEqualTo("0/3");
        assertThat(condition("born", "Ready").message())
                .contains("image ghcr.io/serverherd/herd-node:0.1.0 can't be pulled");
    }

    @Test
    void nothingIsWrittenWhenNothingDiffersNotEvenAfterARestart() throws Exception {
        apply(Herds.herd("calm", "A-B"));
        awaitState("calm", "2 servers: ImagePullBackOff");
        operator.close();
        tap.writes().clear();

        operator = start();

        await().atMost(PATIENCE).until(() -> passes() > 0);
        assertThat(tap.writes()).isEmpty();
    }

    @Test
    void anEdgeTouchesOnlyItsTwoServersConfigMaps() {
        apply(Herds.herd("edge", "A-B C-D"));
        awaitState("edge", "4 servers: ImagePullBackOff");
        tap.writes().clear();

        apply(Herds.herd("edge", "A-B C-D B-C"));

        await().atMost(PATIENCE).until(() -> status("edge").observedGeneration() == 2);
        assertThat(tap.objectWrites())
                .containsExactlyInAnyOrder(
                        "PATCH /api/v1/namespaces/default/configmaps/edge-b",
                        "PATCH /api/v1/namespaces/default/configmaps/edge-c");
    }

    /** A herd that is refused has no objects, so nothing else makes the operator look again. */
    @Test
    void anEditThatLandsWhileTheStatusIsWrittenIsNotLost() {
        apply(refused("raced", "First"));
        await().atMost(PATIENCE).until(() -> status("raced").observedGeneration() == 1);
        tap.beforeNext("/raced/status", () -> apply(refused("raced", "Third")));

        apply(refused("raced", "Second"));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(status("raced").observedGeneration())
                .isEqualTo(3));
        assertThat(condition("raced", "Stalled").message()).contains("Third");
    }

    @Test
    void aRemovedServerTakesItsObjectsWithItAndNoOthers() {
        apply(Herds.herd("less", "A-B B-C"));
        awaitState("less", "3 servers: ImagePullBackOff");
        String before = uid(StatefulSet.class, "less-a");

        apply(Herds.herd("less", "A-B"));

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(setsOf("less")).containsExactlyInAnyOrder("less-a", "less-b");
            assertThat(get(ConfigMap.class, "less-c")).isNull();
        });
        assertThat(uid(StatefulSet.class, "less-a")).isEqualTo(before);
    }

    @Test
    void aChangeByOthersIsUndone() {
        apply(Herds.herd("drift", "A"));
        awaitState("drift", "A: ImagePullBackOff");

        cluster.client()
                .apps()
                .statefulSets()
                .inNamespace("default")
                .withName("drift-a")
                .edit(set -> {
                    set.getSpec().setReplicas(3);
                    return set;
                });
        cluster.client().configMaps().inNamespace("default").withName("drift-a").edit(map -> {
            map.getMetadata().getLabels().clear();
            return map;
        });

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(get(StatefulSet.class, "drift-a").getSpec().getReplicas())
                    .isEqualTo(1);
            assertThat(get(ConfigMap.class, "drift-a").getMetadata().getLabels())
                    .containsEntry("serverherd.io/server", "A");
        });
    }

    @Test
    void anObjectOfAnotherOwnerIsLeftAloneUntilItIsGone() {
        ConfigMap foreign = createForeign("guest-a");

        apply(Herds.herd("guest", "A-B"));

        awaitState("guest", "Name conflict: ConfigMap guest-a");
        assertThat(condition("guest", "NameConflict").message()).contains("ConfigMap guest-a");
        assertThat(get(ConfigMap.class, "guest-a")).isEqualTo(foreign);
        cluster.client().resource(foreign).delete();
        awaitState("guest", "2 servers: ImagePullBackOff");
        assertThat(status("guest").condition("NameConflict")).isEmpty();
    }

    @Test
    void anObjectThatComesBetweenTheLookAndTheWriteIsLeftAlone() {
        tap.beforeNext("/configmaps/early-a", () -> createForeign("early-a"));

        apply(Herds.herd("early", "A-B"));

        awaitState("early", "Name conflict: ConfigMap early-a");
        assertThat(get(ConfigMap.class, "early-a").getData()).containsOnlyKeys("whose");
    }

    @Test
    void anObjectThatTakesThePlaceOfAnOwnOneIsLeftAlone() {
        apply(Herds.herd("late", "A-B"));
        awaitState("late", "2 servers: ImagePullBackOff");
        tap.beforeNext("/configmaps/late-a", () -> {
            cluster.client().resource(get(ConfigMap.class, "late-a")).delete();
            createForeign("late-a");
        });

        apply(Herds.herd("late", "A B"));

        awaitState("late", "Name conflict: ConfigMap late-a");
        assertThat(get(ConfigMap.class, "late-a").getData()).containsOnlyKeys("whose");
    }

    private static ConfigMap createForeign(String name) {
        return cluster.client()
                .resource(new ConfigMapBuilder()
                        .withMetadata(new ObjectMetaBuilder()
                                .withNamespace("default")
                                .withName(name)
                                .build())
                        .withData(Map.of("whose", "mine"))
                        .build())
                .create();
    }

    @Test
    void aSpecThatCannotBeUsedStallsAndChangesNothing() {
        apply(Herds.herd("stall", "A-B"));
        awaitState("stall", "2 servers: ImagePullBackOff");
        tap.writes().clear();

        apply(refused("stall", "Nobody"));

        awaitState("stall", "Spec refused");
        assertThat(condition("stall", "Stalled").message()).contains("spec.edges[1]", "Nobody");
        assertThat(status("stall").observedGeneration()).isEqualTo(2);
        assertThat(status("stall").servers()).hasSize(2);
        assertThat(tap.objectWrites()).isEmpty();
        apply(Herds.herd("stall", "A-B"));
        awaitState("stall", "2 servers: ImagePullBackOff");
        assertThat(status("stall").condition("Stalled")).isEmpty();
    }

    @Test
    void aRefusedObjectKeepsNoOtherFromBeingAppliedAndIsSaid() {
        tap.refuse("/poddisruptionbudgets/barred", 403, Integer.MAX_VALUE);

        apply(Herds.herd("barred", "A-B"));

        awaitState("barred", "Applying failed");
        assertThat(condition("barred", "Ready").message())
                .contains("apply PodDisruptionBudget barred: refused by the test");
        assertThat(setsOf("barred")).hasSize(2);
        tap.refuseNothing();
        awaitState("barred", "2 servers: ImagePullBackOff");
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 500, 503})
    void whatTheApiRefusesOnceIsTriedAgain(int code) {
        String name = "again" + code;
        tap.refuse("/statefulsets/" + name + "-a", code, 1);

        apply(Herds.herd(name, "A-B"));

        awaitState(name, "2 servers: ImagePullBackOff");
    }

    @Test
    void aRefusedStatusIsWrittenLater() {
        tap.refuse("/serverherds/late/status", 500, 3);

        apply(Herds.herd("late", "A"));

        awaitState("late", "A: ImagePullBackOff");
    }

    @Test
    void podsThatCannotStartAreReplacedWhenTheImageChanges() {
        apply(Herds.herd("roll", "A-B"));
        awaitState("roll", "2 servers: ImagePullBackOff");

        apply(Herds.with(Herds.herd("roll", "A-B"), "image", "registry.example/node:2"));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(images("roll"))
                .containsExactly("registry.example/node:2", "registry.example/node:2"));
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({"'', 1Gi", "1Gi, ''", "1Gi, 2Gi"})
    void whatCannotBeChangedOfASetMakesItAnewAndTheRestStays(String before, String after) {
        String name = "anew" + before.length() + after.length();
        apply(stored(name, before));
        awaitState(name, "2 servers: ImagePullBackOff");
        String set = uid(StatefulSet.class, name + "-a");
        String config = uid(ConfigMap.class, name + "-a");

        apply(stored(name, after));

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(sizes(name)).isEqualTo(after.isEmpty() ? List.of() : List.of(after, after));
            // It is away for a moment.
            assertThat(get(StatefulSet.class, name + "-a")).isNotNull();
            assertThat(uid(StatefulSet.class, name + "-a")).isNotEqualTo(set);
        });
        awaitState(name, "2 servers: ImagePullBackOff");
        assertThat(uid(ConfigMap.class, name + "-a")).isEqualTo(config);
    }

    @Test
    void anotherSpellingOfASizeIsNoChange() {
        apply(stored("spelled", "1Gi"));
        awaitState("spelled", "2 servers: ImagePullBackOff");
        tap.writes().clear();

        apply(stored("spelled", "1024Mi"));

        await().atMost(PATIENCE).until(() -> status("spelled").observedGeneration() == 2);
        assertThat(tap.objectWrites()).isEmpty();
    }

    @Test
    void aSmallerSizeStallsAndChangesNothing() {
        apply(stored("shrunk", "2Gi"));
        awaitState("shrunk", "2 servers: ImagePullBackOff");
        tap.writes().clear();

        apply(stored("shrunk", "1Gi"));

        awaitState("shrunk", "Spec refused");
        assertThat(condition("shrunk", "Stalled").message()).contains("spec.storage.size: 1Gi", "2Gi or more");
        assertThat(tap.objectWrites()).isEmpty();
    }

    @Test
    void aSetThatIsGoneWithoutItsPodIsMadeAgainAroundIt() throws Exception {
        apply(Herds.herd("crash", "A-B"));
        awaitState("crash", "2 servers: ImagePullBackOff");
        List<String> pods = podUids("crash");
        operator.close();
        cluster.client()
                .apps()
                .statefulSets()
                .inNamespace("default")
                .withName("crash-a")
                .withPropagationPolicy(DeletionPropagation.ORPHAN)
                .delete();
        await().atMost(PATIENCE).until(() -> get(StatefulSet.class, "crash-a") == null);

        operator = start();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(pods("crash"))
                .allSatisfy(pod ->
                        assertThat(pod.getMetadata().getOwnerReferences()).hasSize(1)));
        assertThat(podUids("crash")).isEqualTo(pods);
    }

    /** The set's controller has seen the hand's template, so by that the pod looks like one to replace. */
    @Test
    void aTemplateThatWasTamperedWithCostsNoPod() throws Exception {
        apply(Herds.herd("hand", "A"));
        awaitState("hand", "A: ImagePullBackOff");
        List<String> pods = podUids("hand");
        operator.close();
        cluster.client()
                .apps()
                .statefulSets()
                .inNamespace("default")
                .withName("hand-a")
                .edit(set -> {
                    set.getSpec().getTemplate().getSpec().setTerminationGracePeriodSeconds(99L);
                    return set;
                });
        await().atMost(PATIENCE).until(() -> isSeen(get(StatefulSet.class, "hand-a")));
        tap.writes().clear();

        operator = start();

        await().atMost(PATIENCE).until(() -> tap.writes().stream().anyMatch(write -> write.contains("/hand-a")));
        await().atMost(PATIENCE).until(() -> isSeen(get(StatefulSet.class, "hand-a")) && passes() > 1);
        assertThat(tap.objectWrites()).noneMatch(write -> write.startsWith("DELETE"));
        assertThat(podUids("hand")).isEqualTo(pods);
    }

    private static boolean isSeen(StatefulSet set) {
        return set.getMetadata().getGeneration().equals(set.getStatus().getObservedGeneration());
    }

    @Test
    void aPauseHoldsEverythingButTheStatus() throws Exception {
        apply(Herds.herd("held", "A-B C"));
        awaitState("held", "3 servers: ImagePullBackOff");
        ServerHerd changed = Herds.with(Herds.herd("held", "A-B D"), "image", "registry.example/node:2");
        // Its events are told after the status that is awaited above.
        operator.close();
        tap.writes().clear();
        operator = start();

        apply(Herds.with(changed, "paused", true));

        awaitState("held", "Paused, changes wait");
        assertThat(condition("held", "Paused").message())
                .startsWith("5 objects to apply: StatefulSet held-a, StatefulSet held-b, Secret held-d-peer-tls,"
                        + " ConfigMap held-d, StatefulSet held-d;"
                        + " 3 objects to delete: ConfigMap held-c, Secret held-c-peer-tls, StatefulSet held-c;");
        assertThat(condition("held", "Stalled").reason()).isEqualTo("Paused");
        assertThat(tap.writes()).isNotEmpty().allMatch(write -> write.endsWith("/serverherds/held/status"));
        apply(changed);
        awaitState("held", "3 servers: ImagePullBackOff");
        assertThat(setsOf("held")).containsExactlyInAnyOrder("held-a", "held-b", "held-d");
        assertThat(images("held")).containsOnly("registry.example/node:2");
        assertThat(status("held").condition("Paused")).isEmpty();
    }

    @Test
    void aNewerDefaultImageIsTakenOnlyWhenPodsAreReplacedAnyway() throws Exception {
        apply(Herds.herd("aged", "A-B"));
        awaitState("aged", "2 servers: ImagePullBackOff");
        operator.close();
        tap.writes().clear();

        operator = start("registry.example/node:newer");
        await().atMost(PATIENCE).until(() -> passes() > 0);
        assertThat(tap.writes()).isEmpty();
        restart("aged");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(images("aged"))
                .containsExactly("registry.example/node:newer", "registry.example/node:newer"));
    }

    @Test
    void aRequestToRestartReplacesEveryPod() {
        apply(Herds.herd("afresh", "A-B"));
        awaitState("afresh", "2 servers: ImagePullBackOff");
        List<String> before = podUids("afresh");

        restart("afresh");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(podUids("afresh")).hasSize(2).doesNotContainAnyElementsOf(before));
    }

    @Test
    void eventsTellOfAHerdsLife() {
        apply(Herds.herd("told", "A-B"));
        awaitState("told", "2 servers: ImagePullBackOff");
        apply(Herds.herd("told", "A-B C"));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        cluster.client().v1().events().inNamespace("default").list().getItems().stream()
                                .filter(event ->
                                        event.getInvolvedObject().getName().equals("told"))
                                .map(event -> event.getReason() + ": " + event.getMessage()))
                .contains("Created: added servers A, B; added edges A-B", "TopologyChanged: added servers C"));
    }

    private static ServerHerd stored(String name, String size) {
        ServerHerd herd = Herds.herd(name, "A-B");
        return size.isEmpty() ? herd : Herds.with(herd, "storage", new StorageSpec(new Quantity(size), null, null));
    }

    /** Of the claims that the herd's sets make. */
    private static List<String> sizes(String herd) {
        return sets(herd).stream()
                .flatMap(set -> set.getSpec().getVolumeClaimTemplates().stream())
                .map(claim -> claim.getSpec()
                        .getResources()
                        .getRequests()
                        .get("storage")
                        .toString())
                .toList();
    }

    private HerdOperator start() throws Exception {
        return start("ghcr.io/serverherd/herd-node:0.1.0");
    }

    private HerdOperator start(String defaultImage) throws Exception {
        HerdOperator started = new HerdOperator(
                OperatorConfig.from(Map.of(
                        "OPERATOR_HTTP_PORT",
                        "0",
                        "OPERATOR_HTTP_BIND",
                        "127.0.0.1",
                        "OPERATOR_NODE_IMAGE",
                        defaultImage)),
                operatorsClient);
        started.start();
        return started;
    }

    /** How many reconciliations have ended since the operator started. */
    private double passes() throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + operator.httpPort() + "/metrics");
        String metrics = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
        return metrics.lines()
                .filter(line -> line.startsWith("reconciliations_success_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** With an edge to a server that is not there. */
    private static ServerHerd refused(String name, String nobody) {
        ServerHerd herd = Herds.herd(name, "A-B");
        List<EdgeSpec> edges = new ArrayList<>(herd.getSpec().edges());
        edges.add(new EdgeSpec("A", nobody));
        return Herds.with(herd, "edges", edges);
    }

    private static void apply(ServerHerd herd) {
        ServerHerd applied = new ServerHerd();
        applied.setMetadata(new ObjectMetaBuilder()
                .withNamespace("default")
                .withName(herd.getMetadata().getName())
                .build());
        applied.setSpec(herd.getSpec());
        cluster.client().resource(applied).fieldManager("test").forceConflicts().serverSideApply();
    }

    private static void restart(String name) {
        cluster.client()
                .resources(ServerHerd.class)
                .inNamespace("default")
                .withName(name)
                .edit(herd -> {
                    herd.getMetadata().getAnnotations().put("serverherd.io/restartedAt", "now");
                    return herd;
                });
    }

    private static void awaitState(String herd, String state) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(status(herd)).as("status of %s", herd).isNotNull();
            assertThat(status(herd).summary()).as("summary of %s", herd).isNotNull();
            assertThat(status(herd).summary().state()).isEqualTo(state);
        });
    }

    private static ServerHerdStatus status(String herd) {
        return get(ServerHerd.class, herd).getStatus();
    }

    private static HerdCondition condition(String herd, String type) {
        return status(herd).condition(type).orElseThrow();
    }

    private static List<StatefulSet> sets(String herd) {
        return cluster.client()
                .apps()
                .statefulSets()
                .inNamespace("default")
                .withLabel("serverherd.io/herd", herd)
                .list()
                .getItems();
    }

    private static List<String> setsOf(String herd) {
        return sets(herd).stream().map(set -> set.getMetadata().getName()).toList();
    }

    private static List<String> images(String herd) {
        return pods(herd).stream()
                .map(pod -> pod.getSpec().getContainers().get(0).getImage())
                .toList();
    }

    private static List<String> podUids(String herd) {
        return pods(herd).stream().map(pod -> pod.getMetadata().getUid()).toList();
    }

    private static List<Pod> pods(String herd) {
        return cluster.client()
                .pods()
                .inNamespace("default")
                .withLabel("serverherd.io/herd", herd)
                .list()
                .getItems();
    }

    private static <T extends HasMetadata> T get(Class<T> kind, String name) {
        return cluster.client()
                .resources(kind)
                .inNamespace("default")
                .withName(name)
                .get();
    }

    private static String uid(Class<? extends HasMetadata> kind, String name) {
        return get(kind, name).getMetadata().getUid();
    }

    /** As an API server has it that knows no rules, or a CRD older than the operator. */
    private static CustomResourceDefinition crdWithoutRules() throws Exception {
        KubernetesSerialization serialization = new KubernetesSerialization();
        CustomResourceDefinition crd = serialization.unmarshal(
                Files.readString(Path.of("../crds/serverherds.serverherd.io-v1.yml")), CustomResourceDefinition.class);
        JsonNode tree = new ObjectMapper().readTree(serialization.asJson(crd));
        tree.findParents("x-kubernetes-validations")
                .forEach(schema -> ((ObjectNode) schema).remove("x-kubernetes-validations"));
        return serialization.unmarshal(tree.toString(), CustomResourceDefinition.class);
    }
}
