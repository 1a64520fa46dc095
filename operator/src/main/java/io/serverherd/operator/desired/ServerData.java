package io.serverherd.operator.desired;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetPersistentVolumeClaimRetentionPolicy;
import io.serverherd.operator.api.StorageSpec;
import java.util.List;
import java.util.Map;

/**
 * Where a server keeps its records.
 *
 * @param storage null: in a folder that is as old as the pod, so that a server that crashes alone has them at once
 */
record ServerData(StorageSpec storage) {
    static final String VOLUME = "data";
    static final String DIR = "/var/lib/serverherd";

    /** A million clients' records take some 100 MB, and while they are written anew a few times that. */
    private static final Quantity WITHOUT_CLAIM = new Quantity("1Gi");

    /** The pod's own; where there are claims, the StatefulSet adds their volumes. */
    List<Volume> volumes() {
        return storage != null
                ? List.of()
                : List.of(new VolumeBuilder()
                        .withName(VOLUME)
                        .withNewEmptyDir()
                        .withSizeLimit(WITHOUT_CLAIM)
                        .endEmptyDir()
                        .build());
    }

    /** A claim belongs to nobody, so it outlives the herd; its labels tell whose it is. */
    List<PersistentVolumeClaim> claims(HerdIdentity herd, DesiredServer server) {
        return storage == null
                ? List.of()
                : List.of(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName(VOLUME)
                        .withLabels(Labels.ofClaim(herd.name(), server.name(), server.setName()))
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withStorageClassName(storage.storageClassName())
                        .withNewResources()
                        .withRequests(Map.of("storage", storage.size()))
                        .endResources()
                        .endSpec()
                        .build());
    }

    /** Null without claims. That a set is scaled to none is no reason to delete anything: the operator scales it back. */
    StatefulSetPersistentVolumeClaimRetentionPolicy retention() {
        if (storage == null) {
            return null;
        }
        String whenDeleted = storage.retention() == null ? StorageSpec.RETAIN : storage.retention();
        return new StatefulSetPersistentVolumeClaimRetentionPolicy(whenDeleted, StorageSpec.RETAIN);
    }
}
