package io.serverherd.local.controllers;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the claims of a set's pods, and keeps it on them whether they go with the set. */
record SetClaims(KubernetesClient client) {

    void ensure(StatefulSet set, int ordinal) {
        for (PersistentVolumeClaim wanted : SetPods.claims(set, ordinal)) {
            PersistentVolumeClaim there = client.resource(wanted).get();
            if (there == null) {
                CacheLag.unlessBehind(() -> client.resource(wanted).create());
            } else {
                own(set, there, wanted.getMetadata().getOwnerReferences());
            }
        }
    }

    /** Other owners keep their references. */
    private void own(StatefulSet set, PersistentVolumeClaim claim, List<OwnerReference> wanted) {
        List<OwnerReference> before = claim.getMetadata().getOwnerReferences();
        List<OwnerReference> owners = new ArrayList<>(before);
        owners.removeIf(owner -> owner.getUid().equals(set.getMetadata().getUid()));
        owners.addAll(wanted);
        boolean owned = before.stream()
                .map(OwnerReference::getUid)
                .anyMatch(set.getMetadata().getUid()::equals);
        if (owned == wanted.isEmpty()) {
            Map<String, Object> metadata = Map.of("uid", claim.getMetadata().getUid(), "ownerReferences", owners);
            CacheLag.unlessBehind(() -> client.resource(claim)
                    .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(Map.of("metadata", metadata))));
        }
    }
}
