package io.serverherd.local.controllers;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes and removes the pods of StatefulSets, and tells their status. Informers' caches may be behind our own writes;
 * stable names, UID preconditions and the status's resource version make a step from an old cache fail, not harm.
 */
public final class StatefulSetController implements AutoCloseable {

    private static final String BY_OWNER = "owner";
    /** Begins the index entry of a namespace's pods that nobody owns; no name does. */
    private static final String NOBODY = " ";

    private final KubernetesClient client;
    private final Clock clock;
    private final SharedIndexInformer<StatefulSet> sets;
    private final SharedIndexInformer<Pod> pods;
    private final WorkQueue queue;
    private final SetClaims claims;

    private StatefulSetController(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.claims = new SetClaims(client);
        this.queue = new WorkQueue("statefulset-controller", this::reconcile);
        this.sets = client.apps().statefulSets().inAnyNamespace().runnableInformer(0);
        this.pods = client.pods().inAnyNamespace().runnableInformer(0);
    }

    public static StatefulSetController start(KubernetesClient client, Clock clock) {
        StatefulSetController controller = new StatefulSetController(client, clock);
        controller.pods.addIndexers(Map.of(
                BY_OWNER,
                pod -> List.of(owner(pod)
                        .map(name -> key(pod, name))
                        .orElse(NOBODY + pod.getMetadata().getNamespace()))));
        controller.sets.addEventHandler(new ChangeHandler<>(
                set -> controller.queue.add(key(set, set.getMetadata().getName()))));
        controller.pods.addEventHandler(new ChangeHandler<>(
                pod -> controller.queue.add(key(pod, owner(pod).orElse(SetPods.setName(pod))))));
        // Pods first: a set seen without its pods would try to make them all again.
        controller.pods.run();
        controller.sets.run();
        return controller;
    }

    private void reconcile(String key) {
        StatefulSet set = sets.getStore().getByKey(key);
        if (set == null) {
            // Its pods go with it, by garbage collection.
            return;
        }
        if (adopt(set)) {
            // The event of it, or of the set's own end, brings us here again.
            return;
        }
        SetPlan plan = SetPlan.of(set, pods.getIndexer().byIndex(BY_OWNER, key), clock.instant());
        pods.getIndexer().byIndex(BY_OWNER, key).forEach(pod -> SetPods.ordinal(set, pod)
                .ifPresent(ordinal -> claims.ensure(set, ordinal)));
        plan.create().forEach(ordinal -> create(set, ordinal, plan.update()));
        plan.delete().forEach(pod -> delete(set, pod));
        if (!plan.status().equals(set.getStatus())) {
            CacheLag.unlessBehind(() -> client.resource(new StatefulSetBuilder(set)
                            .withStatus(plan.status())
                            .build())
                    .updateStatus());
        }
        int minReady = Optional.ofNullable(set.getSpec().getMinReadySeconds()).orElse(0);
        if (plan.status().getAvailableReplicas()
                < Optional.ofNullable(plan.status().getReadyReplicas()).orElse(0)) {
            queue.addAfter(Duration.ofSeconds(Math.max(1, minReady)), key);
        }
    }

    /** Pods of the set's that nobody owns become its own: those of a set before it that was deleted without them. */
    private boolean adopt(StatefulSet set) {
        if (set.getMetadata().getDeletionTimestamp() != null) {
            return false;
        }
        List<Pod> orphans = pods
                .getIndexer()
                .byIndex(BY_OWNER, NOBODY + set.getMetadata().getNamespace())
                .stream()
                .filter(pod -> SetPods.isFree(pod) && SetPods.isOfSet(set, pod))
                .toList();
        if (!orphans.isEmpty() && isStillThere(set)) {
            orphans.forEach(pod -> CacheLag.unlessBehind(() ->
                    client.resource(pod).patch(PatchContext.of(PatchType.JSON_MERGE), SetPods.adoption(set, pod))));
        }
        return !orphans.isEmpty();
    }

    /** The cache may not show yet that the set is leaving these pods behind; taken back, they would go with it. */
    private boolean isStillThere(StatefulSet set) {
        StatefulSet now = client.resource(set).get();
        return now != null
                && now.getMetadata().getUid().equals(set.getMetadata().getUid())
                && now.getMetadata().getDeletionTimestamp() == null;
    }

    private void create(StatefulSet set, int ordinal, String revision) {
        claims.ensure(set, ordinal);
        Pod pod = SetPods.pod(set, ordinal, revision);
        boolean created = CacheLag.unlessBehind(() -> client.resource(pod).create());
        if (created) {
            tell(set, "SuccessfulCreate", "create", pod);
        }
    }

    private void delete(StatefulSet set, Pod pod) {
        String uri = "/api/v1/namespaces/%s/pods/%s"
                .formatted(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
        boolean deleted = CacheLag.unlessBehind(() -> client.raw(
                uri,
                "DELETE",
                new DeleteOptionsBuilder()
                        .withNewPreconditions()
                        .withUid(pod.getMetadata().getUid())
                        .endPreconditions()
                        .build()));
        if (deleted) {
            tell(set, "SuccessfulDelete", "delete", pod);
        }
    }

    private void tell(StatefulSet set, String reason, String verb, Pod pod) {
        String now = clock.instant().toString();
        client.resource(new EventBuilder()
                        .withNewMetadata()
                        .withNamespace(set.getMetadata().getNamespace())
                        .withName(set.getMetadata().getName() + "." + Long.toHexString(System.nanoTime()))
                        .endMetadata()
                        .withNewInvolvedObject()
                        .withApiVersion("apps/v1")
                        .withKind("StatefulSet")
                        .withNamespace(set.getMetadata().getNamespace())
                        .withName(set.getMetadata().getName())
                        .withUid(set.getMetadata().getUid())
                        .endInvolvedObject()
                        .withType("Normal")
                        .withReason(reason)
                        .withMessage("%s Pod %s in StatefulSet %s successful"
                                .formatted(
                                        verb,
                                        pod.getMetadata().getName(),
                                        set.getMetadata().getName()))
                        .withCount(1)
                        .withFirstTimestamp(now)
                        .withLastTimestamp(now)
                        .withReportingComponent("statefulset-controller")
                        .withNewSource("statefulset-controller", null)
                        .build())
                .create();
    }

    private static Optional<String> owner(Pod pod) {
        return pod.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()) && "StatefulSet".equals(owner.getKind()))
                .map(owner -> owner.getName())
                .findFirst();
    }

    /** As informers name their objects. */
    private static String key(HasMetadata object, String name) {
        return object.getMetadata().getNamespace() + "/" + name;
    }

    @Override
    public void close() {
        sets.stop();
        pods.stop();
        queue.close();
    }
}
