package io.serverherd.local.controllers;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.Map;

/** Grants bound claims what they ask for: a folder has all the room there is. */
public final class ClaimController implements AutoCloseable {

    private final KubernetesClient client;
    private final SharedIndexInformer<PersistentVolumeClaim> claims;
    private final WorkQueue queue;

    private ClaimController(KubernetesClient client) {
        this.client = client;
        this.queue = new WorkQueue("claim-controller", this::reconcile);
        this.claims = client.persistentVolumeClaims().inAnyNamespace().runnableInformer(0);
    }

    public static ClaimController start(KubernetesClient client) {
        ClaimController controller = new ClaimController(client);
        controller.claims.addEventHandler(
                new ChangeHandler<>(claim -> controller.queue.add(Cache.metaNamespaceKeyFunc(claim))));
        controller.claims.run();
        return controller;
    }

    private void reconcile(String key) {
        PersistentVolumeClaim claim = claims.getStore().getByKey(key);
        if (claim == null
                || claim.getStatus() == null
                || !"Bound".equals(claim.getStatus().getPhase())) {
            return;
        }
        Map<String, Quantity> wanted = claim.getSpec().getResources().getRequests();
        if (!wanted.equals(claim.getStatus().getCapacity())) {
            CacheLag.unlessBehind(() -> client.resource(new PersistentVolumeClaimBuilder(claim)
                            .editStatus()
                            .withCapacity(wanted)
                            .endStatus()
                            .build())
                    .updateStatus());
        }
    }

    @Override
    public void close() {
        claims.stop();
        queue.close();
    }
}
