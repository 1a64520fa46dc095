package io.serverherd.operator.reconcile;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.api.ServerHerdStatus;

/** Writes a herd's status, whole and by server-side apply, when it differs. */
final class StatusUpdate {
    private StatusUpdate() {}

    static UpdateControl<ServerHerd> of(ServerHerd herd, ServerHerdStatus status) {
        if (status.equals(herd.getStatus())) {
            return UpdateControl.noUpdate();
        }
        ServerHerd applied = new ServerHerd();
        applied.setMetadata(new ObjectMetaBuilder()
                .withNamespace(herd.getMetadata().getNamespace())
                .withName(herd.getMetadata().getName())
                .build());
        applied.setStatus(status);
        return UpdateControl.patchStatus(applied);
    }
}
