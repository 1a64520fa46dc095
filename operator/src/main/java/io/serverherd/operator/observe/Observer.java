package io.serverherd.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.desired.DesiredServer;
import io.serverherd.operator.desired.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes a herd's picture from the caches and from what its servers last said. */
public final class Observer {
    private final NodeStatusPoller poller;
    private final AskedDeletions deletions;

    public Observer(NodeStatusPoller poller, AskedDeletions deletions) {
        this.poller = poller;
        this.deletions = deletions;
    }

    public ObservedHerd observe(ServerHerd herd, Context<ServerHerd> context) {
        List<HasMetadata> owned = Stream.concat(
                        HerdEventSources.OWNED.stream(), HerdEventSources.OWNED_BY_SOME.stream())
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
        Map<String, ObservedServer> servers = servers(herd.getMetadata().getName(), owned, context);
        Map<String, PersistentVolumeClaim> claims = context.getSecondaryResources(PersistentVolumeClaim.class).stream()
                .collect(Collectors.toMap(claim -> claim.getMetadata().getName(), Function.identity()));
        return new ObservedHerd(
                objects, claims, servers, lastApplied, servers.values().stream().noneMatch(this::isAwaited));
    }

    /**
     * Whether every server that was seen ready still is, by the API server itself. The caches lag a little, and those of an
     * operator that stood by until now know nothing of its predecessor's last deletion.
     */
    public boolean stillReady(ServerHerd herd, ObservedHerd observed, KubernetesClient client) {
        Set<String> ready = client
                .pods()
                .inNamespace(herd.getMetadata().getNamespace())
                .withLabel(Labels.HERD, herd.getMetadata().getName())
                .list()
                .getItems()
                .stream()
                .map(pod -> ObservedPod.of(pod, false))
                .filter(pod -> pod.ready() && !pod.terminating())
                .map(ObservedPod::uid)
                .collect(Collectors.toSet());
        return observed.servers().values().stream()
                .filter(ObservedServer::ready)
                .allMatch(server -> ready.contains(server.pod().orElseThrow().uid()));
    }

    private Map<String, ObservedServer> servers(String herd, List<HasMetadata> owned, Context<ServerHerd> context) {
        Map<String, StatefulSet> sets = owned.stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .collect(Collectors.toMap(set -> set.getMetadata().getName(), Function.identity()));
        Set<String> configs = owned.stream()
                .filter(ConfigMap.class::isInstance)
                .map(config -> config.getMetadata().getName())
                .collect(Collectors.toSet());
        Map<String, Pod> pods = new HashMap<>();
        for (Pod pod : context.getSecondaryResources(Pod.class)) {
            setOf(pod, sets)
                    .filter(set -> sets.containsKey(set) || configs.contains(set))
                    .filter(set -> isSelected(pod, herd, set))
                    .ifPresent(set -> pods.put(set, pod));
        }
        Map<String, ObservedServer> servers = new HashMap<>();
        Stream.concat(sets.keySet().stream(), pods.keySet().stream())
                .forEach(name -> servers.put(
                        name, server(Optional.ofNullable(sets.get(name)), Optional.ofNullable(pods.get(name)))));
        return servers;
    }

    /**
     * Which set the pod is of. While a set is away to be made anew its pod has lost its owner, or names one that is gone, and
     * serves on; it will be the new set's.
     */
    private static Optional<String> setOf(Pod pod, Map<String, StatefulSet> sets) {
        Optional<String> owner = Ownership.controllerOf(pod).map(OwnerReference::getUid);
        return Optional.ofNullable(pod.getMetadata().getLabels().get(Labels.SET))
                .filter(set -> pod.getMetadata().getName().equals(set + "-0"))
                .filter(set -> owner.isEmpty()
                        || !sets.containsKey(set)
                        || owner.get().equals(sets.get(set).getMetadata().getUid()));
    }

    /** If not, no Service, budget or policy knows it either, and its set lets go of it. */
    private static boolean isSelected(Pod pod, String herd, String set) {
        return pod.getMetadata()
                .getLabels()
                .entrySet()
                .containsAll(Labels.selectServer(herd, set).entrySet());
    }

    private boolean isAwaited(ObservedServer server) {
        return server.ready() && poller.awaitsAnswer(server.pod().orElseThrow().uid());
    }

    private ObservedServer server(Optional<StatefulSet> set, Optional<Pod> pod) {
        return new ObservedServer(
                set.map(ObservedSet::of),
                pod.map(p ->
                        ObservedPod.of(p, deletions.contains(p.getMetadata().getUid()))),
                pod.flatMap(p -> poller.answer(p.getMetadata().getUid())));
    }
}
