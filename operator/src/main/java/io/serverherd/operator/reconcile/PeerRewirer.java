package io.serverherd.operator.reconcile;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.desired.DesiredHerd;
import io.serverherd.operator.desired.DesiredServer;
import io.serverherd.operator.desired.Labels;
import io.serverherd.operator.observe.ObjectKey;
import io.serverherd.operator.observe.ObservedHerd;
import io.serverherd.operator.observe.ObservedPod;
import io.serverherd.operator.observe.ObservedServer;
import java.util.Map;

/**
 * Makes the kubelet hand a changed configuration to its pod at once: a kubelet looks again at a pod's volumes when the pod
 * changes, so one annotation is touched. Without, it takes up to 90 s.
 */
final class PeerRewirer {

    void nudge(DesiredHerd desired, ObservedHerd observed, Context<ServerHerd> context, Attempts attempts) {
        for (DesiredServer server : desired.servers()) {
            ObservedServer is = observed.server(server);
            if (needsNudge(server, is)) {
                touch(is.pod().orElseThrow(), server, context, attempts);
            }
        }
    }

    /** Only a server that says that it runs another configuration: one that starts has the newest anyway. */
    static boolean needsNudge(DesiredServer server, ObservedServer is) {
        return is.node().isPresent()
                && !is.runs(server.configHash())
                && is.pod()
                        .filter(pod -> !pod.terminating())
                        .filter(pod -> !pod.touchedHash()
                                .filter(server.configHash()::equals)
                                .isPresent())
                        .isPresent();
    }

    private static void touch(ObservedPod pod, DesiredServer server, Context<ServerHerd> context, Attempts attempts) {
        // The UID makes it a change of this pod only; without it, a pod that is gone would be created.
        Pod touched = new PodBuilder()
                .withNewMetadata()
                .withNamespace(context.getPrimaryResource().getMetadata().getNamespace())
                .withName(pod.name())
                .withUid(pod.uid())
                .withAnnotations(Map.of(Labels.CONFIG_HASH, server.configHash()))
                .endMetadata()
                .build();
        attempts.run("touch", new ObjectKey("Pod", pod.name()), () -> context.resourceOperations()
                .serverSideApply(touched));
    }
}
