package io.serverherd.operator.reconcile;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.desired.DesiredHerd;
import io.serverherd.operator.desired.DesiredServer;
import io.serverherd.operator.desired.Labels;
import io.serverherd.operator.observe.ObjectKey;
import io.serverherd.operator.observe.ObservedHerd;
import io.serverherd.operator.observe.ObservedServer;
import io.serverherd.operator.observe.ObservedSet;
import io.serverherd.operator.observe.Ownership;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a pod the labels back that somebody has changed. Without them its server runs on, but no Service, budget or policy knows
 * it, its StatefulSet lets go of it and can't make another of the same name, and the caches don't hold it: so a server whose set
 * is there and whose pod is not is looked for by its name. Labels only: an apply would own them, and the next one, which touches
 * annotations, would take them away.
 */
final class PodLabeller {
    private static final Logger LOG = LoggerFactory.getLogger(PodLabeller.class);

    void label(DesiredHerd desired, ObservedHerd observed, Context<ServerHerd> context, Attempts attempts) {
        for (DesiredServer server : desired.servers()) {
            ObservedServer is = observed.server(server);
            Optional<ObservedSet> set = is.set().filter(s -> s.revision().isPresent());
            if (is.pod().isEmpty() && set.isPresent()) {
                ObjectKey key = new ObjectKey("Pod", server.podName());
                attempts.run("look for", key, () -> astray(server, set.get(), context)
                        .ifPresent(pod -> attempts.write("label", key, () -> label(pod, server, context))));
            }
        }
    }

    /** The set's pod, or nobody's that has its name, without the labels it should have. */
    private static Optional<Pod> astray(DesiredServer server, ObservedSet set, Context<ServerHerd> context) {
        return context
                .getClient()
                .pods()
                .inNamespace(context.getPrimaryResource().getMetadata().getNamespace())
                .withField("metadata.name", server.podName())
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> Ownership.controllerOf(pod)
                        .map(owner -> owner.getUid().equals(set.uid()))
                        .orElse(true))
                .filter(pod -> !Optional.ofNullable(pod.getMetadata().getLabels())
                        .orElse(Map.of())
                        .entrySet()
                        .containsAll(labels(server, context).entrySet()))
                .findFirst();
    }

    private static Map<String, String> labels(DesiredServer server, Context<ServerHerd> context) {
        return Labels.ofServer(context.getPrimaryResource().getMetadata().getName(), server.name(), server.setName());
    }

    private static void label(Pod pod, DesiredServer server, Context<ServerHerd> context) {
        // The UID makes it a change of this pod only.
        Map<String, Object> patch =
                Map.of("metadata", Map.of("uid", pod.getMetadata().getUid(), "labels", labels(server, context)));
        context.getClient()
                .resource(pod)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        context.getClient().getKubernetesSerialization().asJson(patch));
        LOG.atInfo()
                .addKeyValue("namespace", pod.getMetadata().getNamespace())
                .addKeyValue("pod", pod.getMetadata().getName())
                .log("pod.labelled");
    }
}
