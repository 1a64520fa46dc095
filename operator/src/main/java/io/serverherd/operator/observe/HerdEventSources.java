package io.serverherd.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.certmanager.Certificate;
import io.serverherd.operator.desired.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What the operator watches beside the herds: objects with its label, and nothing else, so its memory grows with its herds. */
public final class HerdEventSources {
    /** All that belong to a herd, but pods. Claims belong to nobody. */
    static final List<Class<? extends HasMetadata>> OWNED =
            List.of(Service.class, ConfigMap.class, StatefulSet.class, PodDisruptionBudget.class, NetworkPolicy.class);

    /** What belongs to some herds, watched where that is possible: see {@link OptionalWatch}. */
    static final List<Class<? extends HasMetadata>> OWNED_BY_SOME = List.of(Secret.class, Certificate.class);

    private HerdEventSources() {}

    /** All kinds the operator watches, for a check at start that it may. */
    public static List<Class<? extends HasMetadata>> watchedKinds() {
        List<Class<? extends HasMetadata>> kinds = new ArrayList<>(List.of(ServerHerd.class));
        kinds.addAll(OWNED);
        kinds.add(Pod.class);
        kinds.add(PersistentVolumeClaim.class);
        return kinds;
    }

    public static List<EventSource<?, ServerHerd>> prepare(
            EventSourceContext<ServerHerd> context, NodeStatusPoller poller, List<OptionalWatch<?>> optional) {
        List<EventSource<?, ServerHerd>> sources = new ArrayList<>();
        OWNED.forEach(kind -> sources.add(informer(kind, context)));
        sources.add(informer(Pod.class, context));
        sources.add(informer(PersistentVolumeClaim.class, context));
        optional.forEach(watch -> watch.prepare(context).ifPresent(sources::add));
        sources.add(poller.events());
        return sources;
    }

    /** Whether a herd's change is one to act on: of its spec, or of what else of it is passed on. Its status is not. */
    public static boolean matters(ServerHerd now, ServerHerd before) {
        ObjectMeta is = now.getMetadata();
        ObjectMeta was = before.getMetadata();
        return !is.getGeneration().equals(was.getGeneration())
                || now.isMarkedForDeletion() != before.isMarkedForDeletion()
                || !Objects.equals(is.getLabels(), was.getLabels())
                || !Objects.equals(restartedAt(is), restartedAt(was));
    }

    private static String restartedAt(ObjectMeta herd) {
        return herd.getAnnotations() == null ? null : herd.getAnnotations().get(Labels.RESTARTED_AT);
    }

    static <R extends HasMetadata> LabelledObjects<R> informer(Class<R> kind, EventSourceContext<ServerHerd> context) {
        return new LabelledObjects<>(
                InformerEventSourceConfiguration.from(kind, ServerHerd.class)
                        .withName(kind.getSimpleName())
                        .withLabelSelector(Labels.MANAGED_BY + "=" + Labels.OPERATOR)
                        .withSecondaryToPrimaryMapper(HerdEventSources::herdOf)
                        .withNamespacesInheritedFromController()
                        .build(),
                context);
    }

    static Set<ResourceID> herdOf(HasMetadata object) {
        String herd = object.getMetadata().getLabels().get(Labels.HERD);
        return herd == null
                ? Set.of()
                : Set.of(new ResourceID(herd, object.getMetadata().getNamespace()));
    }
}
