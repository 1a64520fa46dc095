package io.serverherd.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.serverherd.local.kubelet.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets with claims: what outlives a pod, a set, and a set that is made anew around its pod. */
class LocalStorageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path state;

    private static LocalCluster cluster;
    private static KubernetesClient client;

    @BeforeAll
    static void start() throws IOException {
        cluster = LocalCluster.start(new LocalCluster.Options(
                state, LocalCluster.randomPodNetwork(), Images.none().with("test/sh", List.of("/bin/sh", "-c"))));
        client = cluster.client();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void whatAPodWritesToItsClaimOutlivesPodAndSet() {
        client.resource(set("kept", "Retain", "1Gi")).create();
        Path folder = folderOf(awaitBound("data-kept-0"));
        await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("started")));

        client.resource(set("kept", "Retain", "1Gi")).delete();
        await().atMost(PATIENCE).until(() -> pod("kept-0") == null);
        client.resource(set("kept", "Retain", "1Gi")).create();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(folder.resolve("started")).hasContent("up\nup\n"));
    }

    @Test
    void aClaimGoesWithItsSetWhereThePolicySaysSo() {
        client.resource(set("gone", "Delete", "1Gi")).create();
        awaitBound("data-gone-0");

        client.resource(set("gone", "Delete", "1Gi")).delete();

        await().atMost(PATIENCE).until(() -> claim("data-gone-0") == null);
    }

    @Test
    void aSetMadeAnewTakesItsPodAndItsClaimOver() {
        StatefulSet first = client.resource(set("anew", "Delete", "1Gi")).create();
        Pod pod = awaitReady("anew-0");

        client.resource(first).withPropagationPolicy(DeletionPropagation.ORPHAN).delete();
        await().atMost(PATIENCE)
                .until(() -> client.resource(first).get() == null
                        && pod("anew-0").getMetadata().getOwnerReferences().isEmpty());
        StatefulSet second = client.resource(set("anew", "Delete", "2Gi")).create();

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(pod("anew-0").getMetadata().getOwnerReferences())
                    .singleElement()
                    .satisfies(owner -> assertThat(owner.getUid())
                            .isEqualTo(second.getMetadata().getUid()));
            assertThat(claim("data-anew-0").getMetadata().getOwnerReferences())
                    .singleElement()
                    .satisfies(owner -> assertThat(owner.getUid())
                            .isEqualTo(second.getMetadata().getUid()));
            assertThat(client.resource(second).get().getStatus().getReadyReplicas())
                    .isEqualTo(1);
        });
        assertThat(pod("anew-0").getMetadata().getUid())
                .isEqualTo(pod.getMetadata().getUid());
    }

    @Test
    void aBoundClaimGrowsWhereItsClassAllowsItAndNeverShrinks() {
        client.resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName("rigid")
                        .endMetadata()
                        .withProvisioner("serverherd.io/folder")
                        .build())
                .create();
        client.resource(set("grown", "Retain", "1Gi")).create();
        StatefulSet rigid = set("rigid", "Retain", "1Gi");
        rigid.getSpec().getVolumeClaimTemplates().get(0).getSpec().setStorageClassName("rigid");
        client.resource(rigid).create();
        awaitBound("data-grown-0");
        awaitBound("data-rigid-0");

        resize("data-grown-0", "3Gi");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        claim("data-grown-0").getStatus().getCapacity())
                .isEqualTo(Map.of("storage", new Quantity("3Gi"))));
        assertThat(claim("data-grown-0").getSpec().getStorageClassName()).isEqualTo("standard");
        assertThatThrownBy(() -> resize("data-grown-0", "2Gi"))
                .hasMessageContaining("field can not be less than status.capacity");
        assertThatThrownBy(() -> resize("data-rigid-0", "3Gi"))
                .hasMessageContaining("persistentvolumeclaims \"data-rigid-0\" is forbidden")
                .hasMessageContaining("the storageclass that provisions the pvc must support resize");
        assertThatThrownBy(() -> client.persistentVolumeClaims()
                        .inNamespace("default")
                        .withName("data-rigid-0")
                        .edit(claim -> {
                            claim.getSpec().setStorageClassName("standard");
                            return claim;
                        }))
                .hasMessageContaining("spec is immutable after creation");
    }

    private static void resize(String claim, String size) {
        client.persistentVolumeClaims().inNamespace("default").withName(claim).edit(found -> {
            found.getSpec().getResources().setRequests(Map.of("storage", new Quantity(size)));
            return found;
        });
    }

    private static PersistentVolumeClaim awaitBound(String name) {
        await().atMost(PATIENCE)
                .until(() -> claim(name) != null
                        && "Bound".equals(claim(name).getStatus().getPhase()));
        return claim(name);
    }

    private static Pod awaitReady(String name) {
        await().atMost(PATIENCE)
                .until(() -> pod(name) != null && Readiness.getInstance().isReady(pod(name)));
        return pod(name);
    }

    private static Path folderOf(PersistentVolumeClaim claim) {
        return state.resolve("claims/default/" + claim.getMetadata().getName() + "-"
                + claim.getMetadata().getUid());
    }

    private static PersistentVolumeClaim claim(String name) {
        return client.persistentVolumeClaims()
                .inNamespace("default")
                .withName(name)
                .get();
    }

    private static Pod pod(String name) {
        return client.pods().inNamespace("default").withName(name).get();
    }

    private static StatefulSet set(String name, String whenDeleted, String size) {
        return Serialization.unmarshal("""
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: %1$s, namespace: default}
                spec:
                  replicas: 1
                  serviceName: peers
                  updateStrategy: {type: OnDelete}
                  persistentVolumeClaimRetentionPolicy: {whenDeleted: %2$s, whenScaled: Retain}
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec:
                      terminationGracePeriodSeconds: 1
                      containers:
                      - name: c
                        image: test/sh:1
                        args: ["echo up >>$DATA/started; exec sleep 600"]
                        env: [{name: DATA, value: /data}]
                        volumeMounts: [{name: data, mountPath: /data}]
                  volumeClaimTemplates:
                  - metadata: {name: data}
                    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: %3$s}}}
                """.formatted(name, whenDeleted, size), StatefulSet.class);
    }
}
