package io.serverherd.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.desired.DesiredServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Takes a herd's picture from the caches and from what its servers last said. */
public final class Observer {
    private final NodeStatusPoller poller;
    private final AskedDeletions deletions;

    public Observer(NodeStatusPoller poller, AskedDeletions deletions) {
        this.poller = poller;
        this.deletions = deletions;
    }

    public ObservedHerd observe(ServerHerd herd, Context<ServerHerd> context) {
        List<HasMetadata> owned = HerdEventSources.OWNED.stream()
                .flatMap(kind -> context.getSecondaryResources(kind).stream())
                .map(HasMetadata.class::cast)
                .filter(object -> Ownership.owns(herd, object))
                .toList();
        Map<ObjectKey, HasMetadata> objects =
                owned.stream().collect(Collectors.toMap(ObjectKey::of, Function.identity()));
        List<DesiredServer> lastApplied = owned.stream()
                .filter(ConfigMap.class::isInstance)
                .map(object -> AppliedConfig.of((ConfigMap) object))
                .flatMap(Optional::stream)
                .toList();
        Map<String, ObservedServer> servers = servers(owned, context);
        return new ObservedHerd(
                objects, servers, lastApplied, servers.values().stream().noneMatch(this::isAwaited));
    }

    private Map<String, ObservedServer> servers(List<HasMetadata> owned, Context<ServerHerd> context) {
        Map<String, Pod> podBySetUid = new HashMap<>();
        for (Pod pod : context.getSecondaryResources(Pod.class)) {
            Ownership.controllerOf(pod).ifPresent(set -> podBySetUid.put(set.getUid(), pod));
        }
        Map<String, ObservedServer> servers = new HashMap<>();
        for (HasMetadata object : owned) {
            if (object instanceof StatefulSet set) {
                Optional<Pod> pod =
                        Optional.ofNullable(podBySetUid.get(set.getMetadata().getUid()));
                servers.put(set.getMetadata().getName(), server(set, pod));
            }
        }
        return servers;
    }

    private boolean isAwaited(ObservedServer server) {
        return server.ready() && poller.awaitsAnswer(server.pod().orElseThrow().uid());
    }

    private ObservedServer server(StatefulSet set, Optional<Pod> pod) {
        return new ObservedServer(
                Optional.of(ObservedSet.of(set)),
                pod.map(p ->
                        ObservedPod.of(p, deletions.contains(p.getMetadata().getUid()))),
                pod.flatMap(p -> poller.answer(p.getMetadata().getUid())));
    }
}
