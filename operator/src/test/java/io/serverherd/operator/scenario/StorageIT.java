package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers with a volume of their own: what it outlives, and how it is added, grown and taken away. */
@AloneOnARealCluster
class StorageIT {
    private static final HerdManifest TRIO =
            HerdManifest.herd("stored").servers("A B C").edges("A-B B-C A-C");
    private static final HerdManifest STORED = TRIO.with("storage", Map.of("size", "64Mi"));

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    private StorageClass made;

    @AfterEach
    void removeStorageClass() {
        if (made != null) {
            CLUSTER.client().resource(made).delete();
        }
    }

    @Test
    void aHerdThatIsDeletedAndMadeAgainKnowsEverything() throws IOException {
        HerdUnderTest herd = CLUSTER.apply(STORED).awaitReady();
        String record = tell(herd);
        Map<String, String> claims = claims(herd, claim -> claim.getMetadata().getUid());
        assertThat(claims).containsOnlyKeys("data-stored-a-0", "data-stored-b-0", "data-stored-c-0");

        herd.delete();
        await().atMost(OperatedCluster.PATIENCE)
                .untilAsserted(() -> assertThat(herd.objects()).isEmpty());
        herd.apply(STORED);

        herd.awaitReady();
        herd.awaitEverywhere("kiwi", record);
        assertThat(claims(herd, claim -> claim.getMetadata().getUid())).isEqualTo(claims);
    }

    /** While the pods of the one before are still on their way out; and where the operator knows of neither. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHerdThatIsMadeAgainAtOnceKnowsEverything(boolean operatorIsThere) throws Exception {
        HerdUnderTest herd = CLUSTER.apply(STORED).awaitReady();
        String record = tell(herd);
        Map<String, String> claims = claims(herd, claim -> claim.getMetadata().getUid());
        Map<String, String> processes = herd.processes();
        if (!operatorIsThere) {
            CLUSTER.operator().stop();
        }

        herd.delete();
        herd.apply(STORED);

        if (!operatorIsThere) {
            CLUSTER.startOperator();
        }
        herd.awaitReady();
        herd.awaitEverywhere("kiwi", record);
        assertThat(claims(herd, claim -> claim.getMetadata().getUid())).isEqualTo(claims);
        assertThat(herd.processes().values()).doesNotContainAnyElementsOf(processes.values());
        assertThat(herd.condition("NameConflict").isMissingNode()).isTrue();
    }

    @Test
    void claimsGoWithTheirServerOrHerdWhereTheSpecSaysSo() {
        HerdManifest passing = TRIO.with("storage", Map.of("size", "64Mi", "retention", "Delete"));
        HerdUnderTest herd = CLUSTER.apply(passing).awaitReady();

        herd.apply(passing.servers("A B").edges("A-B"));
        await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> assertThat(claims(herd, claim -> "there"))
                .containsOnlyKeys("data-stored-a-0", "data-stored-b-0"));
        herd.delete();

        await().atMost(OperatedCluster.PATIENCE)
                .untilAsserted(() -> assertThat(claims(herd, claim -> "there")).isEmpty());
    }

    @Test
    void aServerThatComesBackFindsItsClaim() {
        HerdUnderTest herd = CLUSTER.apply(STORED).awaitReady();
        Map<String, String> claims = claims(herd, claim -> claim.getMetadata().getUid());

        herd.apply(STORED.servers("A B").edges("A-B"));
        await().atMost(OperatedCluster.PATIENCE)
                .untilAsserted(() -> assertThat(herd.objects()).doesNotContain("Pod/stored-c-0"));
        assertThat(claims(herd, claim -> claim.getMetadata().getUid())).isEqualTo(claims);
        herd.apply(STORED);

        herd.awaitReady();
        assertThat(claims(herd, claim -> claim.getMetadata().getUid())).isEqualTo(claims);
    }

    @Test
    void storageIsAddedAndTakenAwayOneServerAtATime() throws IOException {
        HerdUnderTest herd = CLUSTER.apply(TRIO).awaitReady();
        String record = tell(herd);

        try (Replacements replacements = Replacements.watch(CLUSTER.client(), herd)) {
            herd.apply(STORED);
            awaitEveryPodReplaced(herd, replacements, 3);
            assertThat(claims(herd, claim -> claim.getStatus().getPhase()).values())
                    .hasSize(3)
                    .containsOnly("Bound");

            herd.apply(TRIO);
            awaitEveryPodReplaced(herd, replacements, 6);
            assertThat(claims(herd, claim -> "kept")).hasSize(3);
            assertThat(replacements.mostAwayAtOnce()).isEqualTo(1);
        }
        herd.awaitEverywhere("kiwi", record);
    }

    @Test
    void anOperatorKilledWhileASetIsAwayFinishesNextTime() throws Exception {
        HerdUnderTest herd = CLUSTER.apply(TRIO).awaitReady();
        String record = tell(herd);
        Map<String, String> sets = sets(herd, set -> set.getMetadata().getUid());

        try (Replacements replacements = Replacements.watch(CLUSTER.client(), herd)) {
            herd.apply(STORED);
            await().atMost(OperatedCluster.PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !sets(herd, set -> set.getMetadata().getUid()).equals(sets));
            CLUSTER.operator().kill();
            CLUSTER.startOperator();

            awaitEveryPodReplaced(herd, replacements, 3);
            assertThat(replacements.mostAwayAtOnce()).isEqualTo(1);
        }
        herd.awaitEverywhere("kiwi", record);
        assertThat(sets(herd, set -> set.getMetadata().getUid()).values()).doesNotContainAnyElementsOf(sets.values());
    }

    @Test
    void aLargerSizeGrowsTheClaimsAndReplacesNoPod() {
        HerdManifest growing = ofClass(storageClass("growing", true), "64Mi");
        HerdUnderTest herd = CLUSTER.apply(growing).awaitReady();
        Map<String, String> processes = herd.processes();

        herd.apply(ofClass(made, "128Mi"));

        await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> {
            assertThat(claims(herd, StorageIT::size).values()).hasSize(3).containsOnly("128Mi");
            assertThat(sets(herd, StorageIT::size).values()).hasSize(3).containsOnly("128Mi");
        });
        herd.awaitReady();
        assertThat(herd.processes()).isEqualTo(processes);
    }

    @Test
    void aSizeThatTheClassDoesNotGrantIsSaidAndCanBeTakenBack() {
        HerdManifest rigid = ofClass(storageClass("rigid", false), "64Mi");
        HerdUnderTest herd = CLUSTER.apply(rigid).awaitReady();
        Map<String, String> processes = herd.processes();
        Map<String, String> sets = sets(herd, set -> set.getMetadata().getUid());

        herd.apply(ofClass(made, "128Mi"));

        await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> assertThat(
                        herd.condition("Ready").path("message").asText())
                .contains("grow PersistentVolumeClaim data-stored-a-0", "must support resize"));
        assertThat(sets(herd, set -> set.getMetadata().getUid())).isEqualTo(sets);
        herd.apply(rigid);
        herd.awaitReady();
        assertThat(herd.processes()).isEqualTo(processes);
    }

    @Test
    void aSmallerSizeIsRefusedAndTheHerdServesOn() {
        HerdUnderTest herd = CLUSTER.apply(STORED).awaitReady();
        Map<String, String> versions = herd.versionsOfObjects();

        herd.apply(TRIO.with("storage", Map.of("size", "32Mi")));

        assertThat(herd.awaitCondition("Stalled", "True").path("message").asText())
                .isEqualTo("spec.storage.size: 32Mi is less than the 64Mi that servers have, and a volume can't be made"
                        + " smaller: ask for 64Mi or more");
        assertThat(herd.versionsOfObjects()).isEqualTo(versions);
        herd.apply(STORED);
        herd.awaitReady();
    }

    @Test
    void aVolumeThatCannotBeHadStopsAtTheFirstServerAndRevertingHeals() {
        HerdUnderTest herd = CLUSTER.apply(TRIO).awaitReady();
        Map<String, String> processes = herd.processes();

        herd.apply(TRIO.with("storage", Map.of("size", "64Mi", "storageClassName", "no-such-class")));
        await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> assertThat(
                        herd.read().at("/status/summary/servers").asText())
                .isEqualTo("2/3"));
        await().during(Duration.ofSeconds(3))
                .atMost(OperatedCluster.PATIENCE)
                .untilAsserted(() -> assertThat(herd.server("C").process()).isEqualTo(processes.get("C")));

        herd.apply(TRIO);
        herd.awaitReady();
        assertThat(herd.server("C").process()).isEqualTo(processes.get("C"));
    }

    /** What a client says to one server, known to all. */
    private static String tell(HerdUnderTest herd) throws IOException {
        String record =
                herd.server("A").says("IAMAT kiwi +34.0-118.0 1500000000").stripTrailing();
        herd.awaitEverywhere("kiwi", record);
        return record;
    }

    private static void awaitEveryPodReplaced(HerdUnderTest herd, Replacements replacements, int inAll) {
        await().atMost(Duration.ofSeconds(120))
                .untilAsserted(() -> assertThat(replacements.order()).hasSize(inAll));
        herd.awaitReady();
        assertThat(replacements.order()).hasSize(inAll);
    }

    /** Of the same provisioner as the cluster's default. */
    private StorageClass storageClass(String name, boolean expandable) {
        StorageClass standard = CLUSTER.client().storage().v1().storageClasses().list().getItems().stream()
                .filter(found -> "true"
                        .equals(found.getMetadata()
                                .getAnnotations()
                                .get("storageclass.kubernetes.io/is-default-class")))
                .findFirst()
                .orElseThrow();
        made = CLUSTER.client()
                .resource(new StorageClassBuilder(standard)
                        .withNewMetadata()
                        .withGenerateName("herd-scenario-" + name + "-")
                        .endMetadata()
                        .withAllowVolumeExpansion(expandable)
                        .build())
                .create();
        return made;
    }

    private static HerdManifest ofClass(StorageClass storageClass, String size) {
        return TRIO.with(
                "storage",
                Map.of(
                        "size",
                        size,
                        "storageClassName",
                        storageClass.getMetadata().getName()));
    }

    private static String size(PersistentVolumeClaim claim) {
        return claim.getSpec().getResources().getRequests().get("storage").toString();
    }

    private static String size(StatefulSet set) {
        return set.getSpec().getVolumeClaimTemplates().stream()
                .map(StorageIT::size)
                .collect(Collectors.joining());
    }

    private static Map<String, String> claims(HerdUnderTest herd, Function<PersistentVolumeClaim, String> value) {
        List<PersistentVolumeClaim> claims = CLUSTER.client()
                .persistentVolumeClaims()
                .inNamespace(herd.namespace())
                .withLabel("serverherd.io/herd", "stored")
                .list()
                .getItems();
        return claims.stream()
                .collect(Collectors.toMap(claim -> claim.getMetadata().getName(), value));
    }

    private static Map<String, String> sets(HerdUnderTest herd, Function<StatefulSet, String> value) {
        List<StatefulSet> sets = CLUSTER.client()
                .apps()
                .statefulSets()
                .inNamespace(herd.namespace())
                .list()
                .getItems();
        return sets.stream().collect(Collectors.toMap(set -> set.getMetadata().getName(), value));
    }
}
