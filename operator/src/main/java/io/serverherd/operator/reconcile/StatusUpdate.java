package io.serverherd.operator.reconcile;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.api.ServerHerdStatus;
import java.net.HttpURLConnection;

/** Writes a herd's status, whole and by server-side apply, when it differs. */
final class StatusUpdate {
    private StatusUpdate() {}

    /**
     * Only to the herd as this pass has read it. The framework takes what it gets back for the newest and drops the events
     * of what led there: an edit that came in between would be seen at the next look at every herd, minutes later.
     *
     * @return whether the status is now the given one; false when somebody wrote the herd in between
     */
    static boolean write(ServerHerd herd, ServerHerdStatus status, Context<ServerHerd> context) {
        if (status.equals(herd.getStatus())) {
            return true;
        }
        ServerHerd applied = new ServerHerd();
        applied.setMetadata(new ObjectMetaBuilder()
                .withNamespace(herd.getMetadata().getNamespace())
                .withName(herd.getMetadata().getName())
                .withResourceVersion(herd.getMetadata().getResourceVersion())
                .build());
        applied.setStatus(status);
        try {
            context.resourceOperations().serverSideApplyPrimaryStatus(applied);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
    }
}
