package io.serverherd.local.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetPlanTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

    /**
     * Pods in order of their ordinals: R ready, r ready of an old revision, s starting, S starting of an old revision,
     * f failed, t terminating, - none.
     */
    @ParameterizedTest(name = "{0} {1} replicas {2}, pods {3}: create {4}, delete {5}")
    @CsvSource({
        "OnDelete, OrderedReady, 1, '', 0, ''",
        "OnDelete, OrderedReady, 1, R, '', ''",
        "OnDelete, OrderedReady, 1, r, '', ''",
        "OnDelete, OrderedReady, 1, S, '', ''",
        "OnDelete, OrderedReady, 1, f, '', 0",
        "OnDelete, OrderedReady, 1, t, '', ''",
        "OnDelete, OrderedReady, 0, R, '', 0",
        "OnDelete, OrderedReady, 0, t, '', ''",
        "OnDelete, OrderedReady, 3, '', 0, ''",
        "OnDelete, OrderedReady, 3, s, '', ''",
        "OnDelete, OrderedReady, 3, R, 1, ''",
        "OnDelete, OrderedReady, 3, -R, 0, ''",
        "OnDelete, OrderedReady, 1, RRR, '', 2",
        "OnDelete, OrderedReady, 1, RRt, '', ''",
        "OnDelete, OrderedReady, 1, sRR, '', ''",
        "OnDelete, Parallel, 3, '', 0 1 2, ''",
        "OnDelete, Parallel, 1, RRR, '', 2 1",
        "RollingUpdate, OrderedReady, 3, rrr, '', 2",
        "RollingUpdate, OrderedReady, 3, rrt, '', ''",
        "RollingUpdate, OrderedReady, 3, rrR, '', 1",
        "RollingUpdate, OrderedReady, 3, rRR, '', 0",
        "RollingUpdate, OrderedReady, 3, RRR, '', ''"
    })
    void theNextStepFollowsFromThePods(
            String strategy, String management, int replicas, String pods, String create, String delete) {
        SetPlan plan = SetPlan.of(set(strategy, management, replicas), pods(pods), NOW);

        assertThat(String.join(" ", plan.create().stream().map(String::valueOf).toList()))
                .isEqualTo(create);
        assertThat(String.join(
                        " ",
                        plan.delete().stream()
                                .map(pod -> pod.getMetadata().getName().substring(2))
                                .toList()))
                .isEqualTo(delete);
    }

    @Test
    void aPartitionKeepsTheLowerPodsAsTheyAre() {
        StatefulSet set = new StatefulSetBuilder(set("RollingUpdate", "OrderedReady", 3))
                .editSpec()
                .editUpdateStrategy()
                .withNewRollingUpdate()
                .withPartition(2)
                .endRollingUpdate()
                .endUpdateStrategy()
                .endSpec()
                .build();

        assertThat(SetPlan.of(set, pods("rrR"), NOW).delete()).isEmpty();
        assertThat(SetPlan.of(set, pods("rrr"), NOW).delete()).hasSize(1);
    }

    @Test
    void aSetThatIsBeingDeletedMakesNoPods() {
        StatefulSet set = set("OnDelete", "OrderedReady", 1);
        set.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");

        assertThat(SetPlan.of(set, List.of(), NOW).create()).isEmpty();
    }

    @Test
    void podsOfOthersAreNotCounted() {
        Pod other = pods("R").get(0);
        other.getMetadata().getOwnerReferences().get(0).setUid("another set's");

        SetPlan plan = SetPlan.of(set("OnDelete", "OrderedReady", 1), List.of(other), NOW);

        assertThat(plan.create()).containsExactly(0);
        assertThat(plan.status().getReplicas()).isZero();
    }

    @Test
    void theStatusOfAReadySetSaysSo() {
        StatefulSetStatus status =
                SetPlan.of(set("OnDelete", "OrderedReady", 1), pods("R"), NOW).status();

        assertThat(status.getObservedGeneration()).isEqualTo(4);
        assertThat(status.getReplicas()).isEqualTo(1);
        assertThat(status.getReadyReplicas()).isEqualTo(1);
        assertThat(status.getAvailableReplicas()).isEqualTo(1);
        assertThat(status.getCurrentReplicas()).isEqualTo(1);
        assertThat(status.getUpdatedReplicas()).isEqualTo(1);
        assertThat(status.getCurrentRevision())
                .isEqualTo(status.getUpdateRevision())
                .isEqualTo(revision());
    }

    /** As a real controller does it: with OnDelete the current revision stays, even when all pods are new. */
    @Test
    void onDeleteLeavesTheCurrentRevisionAndARollingUpdateMovesIt() {
        StatefulSet onDelete = set("OnDelete", "OrderedReady", 1);
        StatefulSet rolling = set("RollingUpdate", "OrderedReady", 1);
        for (StatefulSet set : List.of(onDelete, rolling)) {
            set.setStatus(new StatefulSetStatus());
            set.getStatus().setCurrentRevision("w-old");
        }

        assertThat(SetPlan.of(onDelete, pods("r"), NOW).status())
                .returns("w-old", StatefulSetStatus::getCurrentRevision)
                .returns(1, StatefulSetStatus::getCurrentReplicas)
                .returns(null, StatefulSetStatus::getUpdatedReplicas)
                .returns(revision(), StatefulSetStatus::getUpdateRevision);
        assertThat(SetPlan.of(onDelete, pods("R"), NOW).status())
                .returns("w-old", StatefulSetStatus::getCurrentRevision)
                .returns(null, StatefulSetStatus::getCurrentReplicas)
                .returns(1, StatefulSetStatus::getUpdatedReplicas);
        assertThat(SetPlan.of(rolling, pods("R"), NOW).status().getCurrentRevision())
                .isEqualTo(revision());
    }

    @Test
    void availableIsWhoIsReadyForLongEnough() {
        StatefulSet set = set("OnDelete", "OrderedReady", 1);
        set.getSpec().setMinReadySeconds(61);

        assertThat(SetPlan.of(set, pods("R"), NOW).status().getAvailableReplicas())
                .isZero();
        assertThat(SetPlan.of(set, pods("R"), NOW.plusSeconds(1)).status().getAvailableReplicas())
                .isEqualTo(1);
    }

    @Test
    void aPodHasTheNameLabelsAndOwnerThatAClusterGivesIt() {
        StatefulSet set = set("OnDelete", "OrderedReady", 1);
        set.getSpec()
                .setVolumeClaimTemplates(List.of(
                        Serialization.unmarshal("""
                        metadata: {name: data}
                        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}
                        """, io.fabric8.kubernetes.api.model.PersistentVolumeClaim.class)));

        Pod pod = SetPods.pod(set, 0, "w-rev");

        assertThat(pod.getMetadata().getName()).isEqualTo("w-0");
        assertThat(pod.getMetadata().getNamespace()).isEqualTo("n");
        assertThat(pod.getMetadata().getLabels())
                .containsEntry("app", "w")
                .containsEntry("controller-revision-hash", "w-rev")
                .containsEntry("statefulset.kubernetes.io/pod-name", "w-0")
                .containsEntry("apps.kubernetes.io/pod-index", "0");
        assertThat(pod.getMetadata().getAnnotations()).containsEntry("note", "yes");
        assertThat(pod.getMetadata().getOwnerReferences()).singleElement().satisfies(owner -> {
            assertThat(owner.getUid()).isEqualTo("set-uid");
            assertThat(owner.getController()).isTrue();
        });
        assertThat(pod.getSpec().getHostname()).isEqualTo("w-0");
        assertThat(pod.getSpec().getSubdomain()).isEqualTo("w-peers");
        assertThat(pod.getSpec().getVolumes()).singleElement().satisfies(volume -> assertThat(
                        volume.getPersistentVolumeClaim().getClaimName())
                .isEqualTo("data-w-0"));
        assertThat(SetPods.claims(set, 0)).singleElement().satisfies(claim -> {
            assertThat(claim.getMetadata().getName()).isEqualTo("data-w-0");
            assertThat(claim.getMetadata().getOwnerReferences()).isEmpty();
        });
    }

    @Test
    void aRevisionIsNamedByTheTemplatesContentAlone() {
        StatefulSet changed = set("OnDelete", "OrderedReady", 1);
        changed.getSpec().getTemplate().getSpec().getContainers().get(0).setImage("i:2");

        assertThat(RevisionHash.of(set("RollingUpdate", "Parallel", 7).getSpec().getTemplate()))
                .isEqualTo(RevisionHash.of(
                        set("OnDelete", "OrderedReady", 1).getSpec().getTemplate()))
                .isNotEqualTo(RevisionHash.of(changed.getSpec().getTemplate()))
                .matches("[bcdfghjklmnpqrstvwxz2456789]{10}");
    }

    private static StatefulSet set(String strategy, String management, int replicas) {
        return Serialization.unmarshal("""
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {namespace: n, name: w, uid: set-uid, generation: 4}
                spec:
                  replicas: %d
                  serviceName: w-peers
                  podManagementPolicy: %s
                  updateStrategy: {type: %s}
                  selector: {matchLabels: {app: w}}
                  template:
                    metadata: {labels: {app: w}, annotations: {note: "yes"}}
                    spec: {containers: [{name: c, image: "i:1"}]}
                """.formatted(replicas, management, strategy), StatefulSet.class);
    }

    private static String revision() {
        return "w-"
                + RevisionHash.of(set("OnDelete", "OrderedReady", 1).getSpec().getTemplate());
    }

    private static List<Pod> pods(String letters) {
        List<Pod> pods = new ArrayList<>();
        for (int ordinal = 0; ordinal < letters.length(); ordinal++) {
            char letter = letters.charAt(ordinal);
            if (letter != '-') {
                pods.add(pod(ordinal, letter));
            }
        }
        return pods;
    }

    private static Pod pod(int ordinal, char letter) {
        boolean old = letter == 'r' || letter == 'S';
        boolean ready = Stream.of('R', 'r', 't').anyMatch(it -> it == letter);
        Pod pod = new PodBuilder(SetPods.pod(set("OnDelete", "OrderedReady", 1), ordinal, old ? "w-old" : revision()))
                .withNewStatus()
                .withPhase(letter == 'f' ? "Failed" : ready ? "Running" : "Pending")
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .withLastTransitionTime("2026-01-01T00:00:00Z")
                .endCondition()
                .endStatus()
                .build();
        if (letter == 't') {
            pod.getMetadata().setDeletionTimestamp("2026-01-01T00:00:30Z");
        }
        return pod;
    }
}
