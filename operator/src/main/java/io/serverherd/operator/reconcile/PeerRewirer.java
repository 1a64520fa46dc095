package io.serverherd.operator.reconcile;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.desired.DesiredHerd;
import io.serverherd.operator.desired.DesiredServer;
import io.serverherd.operator.desired.Labels;
import io.serverherd.operator.observe.ObjectKey;
import io.serverherd.operator.observe.ObservedHerd;
import io.serverherd.operator.observe.ObservedPod;
import io.serverherd.operator.observe.ObservedServer;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;

/**
 * Makes the kubelet hand a changed configuration to its pod at once: a kubelet looks again at a pod's volumes when the pod
 * changes, so an annotation is touched. Without, it takes up to 90 s. A kubelet that hears of the pod's change before it hears
 * of the ConfigMap's mounts the old one again; so a pod that stays behind is touched again.
 */
final class PeerRewirer {
    /** Many times what a kubelet and a server need: 0.3 to 0.6 s. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The pod is not there any more, or another one is. */
    private static final Set<Integer> GONE = Set.of(HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_CONFLICT);

    private final Clock clock;

    PeerRewirer(Clock clock) {
        this.clock = clock;
    }

    void nudge(DesiredHerd desired, ObservedHerd observed, Context<ServerHerd> context, Attempts attempts) {
        for (DesiredServer server : desired.servers()) {
            ObservedServer is = observed.server(server);
            // Asked first, for few are, and to read a Secret takes longer.
            if (isBehind(server, is)) {
                nudge(server.withStored(observed.credentials(server)), is, context, attempts);
            }
        }
    }

    private void nudge(DesiredServer server, ObservedServer is, Context<ServerHerd> context, Attempts attempts) {
        if (isBehind(server, is)) {
            attempts.comeBack();
        }
        if (needsNudge(server, is)) {
            touch(is.pod().orElseThrow(), server, context, attempts);
        }
    }

    boolean needsNudge(DesiredServer server, ObservedServer is) {
        Instant longAgo = clock.instant().minus(PATIENCE);
        return isBehind(server, is)
                && is.pod()
                        .flatMap(ObservedPod::touched)
                        .filter(touch -> touch.configHash().equals(server.filesHash()))
                        .filter(touch -> touch.at().isAfter(longAgo) || hasSeenTheFiles(server, is))
                        .isEmpty();
    }

    /** It lacks nothing but a certificate of cert-manager's that it can't use: it would not help to hand it over again. */
    private static boolean hasSeenTheFiles(DesiredServer server, ObservedServer is) {
        return is.certificateProblem().isPresent() && is.runs(server.configHash()) && is.has(server.credentials());
    }

    /** Only a server that says that it runs another configuration: one that starts has the newest anyway. */
    private static boolean isBehind(DesiredServer server, ObservedServer is) {
        return is.node().isPresent()
                && !(is.runs(server.configHash())
                        && is.has(server.credentials())
                        && is.hasOneThatEnds(server.certificateEnds()))
                && is.pod().filter(pod -> !pod.terminating()).isPresent();
    }

    private void touch(ObservedPod pod, DesiredServer server, Context<ServerHerd> context, Attempts attempts) {
        Map<String, String> annotations = Map.of(
                Labels.CONFIG_HASH, server.filesHash(),
                Labels.CONFIG_TOUCHED,
                        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        // The UID makes it a change of this pod only. No apply: that would ask for the right to create a pod that is
        // gone.
        Pod touched = new PodBuilder()
                .withNewMetadata()
                .withNamespace(context.getPrimaryResource().getMetadata().getNamespace())
                .withName(pod.name())
                .withUid(pod.uid())
                .withAnnotations(annotations)
                .endMetadata()
                .build();
        attempts.write("touch", new ObjectKey("Pod", pod.name()), () -> {
            try {
                context.resourceOperations().resourcePatch(touched, one -> patch(one, context));
            } catch (KubernetesClientException e) {
                if (!GONE.contains(e.getCode())) {
                    throw e;
                }
            }
        });
    }

    /** No apply: that would ask for the right to create a pod that is gone. */
    private static Pod patch(Pod touched, Context<ServerHerd> context) {
        return context.getClient()
                .resource(touched)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(Labels.OPERATOR)
                                .build(),
                        context.getClient().getKubernetesSerialization().asJson(touched));
    }
}
