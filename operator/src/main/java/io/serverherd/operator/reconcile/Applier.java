package io.serverherd.operator.reconcile;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.SSABasedGenericKubernetesResourceMatcher;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.desired.DesiredHerd;
import io.serverherd.operator.desired.Labels;
import io.serverherd.operator.observe.ObjectKey;
import io.serverherd.operator.observe.ObservedHerd;
import io.serverherd.operator.observe.Ownership;
import java.net.HttpURLConnection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the herd's objects what they should be: applies those that differ, deletes those that are no longer wanted, and leaves
 * alone what belongs to others. Nothing is written when nothing differs.
 */
final class Applier {
    private static final Logger LOG = LoggerFactory.getLogger(Applier.class);
    private static final int HTTP_INVALID = 422;
    /** An apply that carries a version makes a new object, and fails on one that is there and has another version. */
    static final String OF_NO_OBJECT = "1";

    private final SSABasedGenericKubernetesResourceMatcher<HasMetadata> matcher =
            SSABasedGenericKubernetesResourceMatcher.getInstance();
    private final MatchMemory memory = new MatchMemory();
    private final ObjectDeleter deleter;

    Applier(ObjectDeleter deleter) {
        this.deleter = deleter;
    }

    void apply(DesiredHerd desired, ObservedHerd observed, Context<ServerHerd> context, Attempts attempts) {
        for (HasMetadata object : desired.objects()) {
            apply(object, observed, context, attempts);
        }
        prune(desired, observed, attempts);
    }

    void apply(HasMetadata object, ObservedHerd observed, Context<ServerHerd> context, Attempts attempts) {
        ObjectKey key = ObjectKey.of(object);
        HasMetadata actual = observed.objects().get(key);
        if (cannotBecome(object, actual)) {
            return;
        }
        attempts.run("apply", key, () -> {
            // The caches hold only objects with the operator's label, so they can't tell that a name is free.
            HasMetadata there =
                    actual == null ? context.getClient().resource(object).get() : actual;
            if (there != null && !Ownership.owns(context.getPrimaryResource(), there)) {
                attempts.conflict(key);
            } else if (actual == null || !matches(actual, object, context)) {
                attempts.write("apply", key, () -> write(object, there, context, attempts));
            }
        });
    }

    /** A set of other fixed fields, which has to go first. */
    private static boolean cannotBecome(HasMetadata desired, HasMetadata actual) {
        return actual instanceof StatefulSet there && SetRenewer.differ(there, (StatefulSet) desired);
    }

    private boolean matches(HasMetadata actual, HasMetadata desired, Context<ServerHerd> context) {
        if (memory.isKnownToMatch(actual, desired)) {
            return true;
        }
        HasMetadata spelled =
                actual instanceof StatefulSet there ? FixedFields.spelledAs(there, (StatefulSet) desired) : desired;
        boolean matches = matcher.matches(actual, spelled, context);
        if (matches) {
            memory.remember(actual, desired);
        }
        return matches;
    }

    /**
     * With a precondition, so that an object which has come in between is never taken over. What a Secret holds can't be made
     * again, so one is written only over the version that was looked at, or the one it says itself that it was made from.
     */
    private static HasMetadata boundTo(HasMetadata there, HasMetadata object, Context<ServerHerd> context) {
        HasMetadata bound = context.getClient().getKubernetesSerialization().clone(object);
        if (there == null) {
            bound.getMetadata().setResourceVersion(OF_NO_OBJECT);
        } else {
            bound.getMetadata().setUid(there.getMetadata().getUid());
            if (there instanceof Secret && bound.getMetadata().getResourceVersion() == null) {
                bound.getMetadata().setResourceVersion(there.getMetadata().getResourceVersion());
            }
        }
        return bound;
    }

    /** @param there null: nothing is */
    private void write(HasMetadata object, HasMetadata there, Context<ServerHerd> context, Attempts attempts) {
        if (FrozenData.isIn(there, object)) {
            delete(there);
            attempts.comeBack();
        } else {
            apply(object, there, context, attempts);
        }
    }

    /** @param there null: nothing is */
    private static void apply(HasMetadata object, HasMetadata there, Context<ServerHerd> context, Attempts attempts) {
        try {
            context.resourceOperations().serverSideApply(boundTo(there, object, context));
            log("object.applied", object);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HTTP_INVALID && there != null && FrozenData.hasNone(there)) {
                replaceSpec(object, there, context);
            } else if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            // Not what was looked at any more; an event will tell, or the next look.
            attempts.comeBack();
        }
    }

    /**
     * Takes out what somebody has added that does not go together with what is wanted, such as a port of the same name: an
     * apply leaves additions of others where they are, and is refused for them. The pass after this one applies.
     */
    private static void replaceSpec(HasMetadata object, HasMetadata there, Context<ServerHerd> context) {
        List<Map<String, Object>> patch = List.of(
                Map.of(
                        "op",
                        "test",
                        "path",
                        "/metadata/uid",
                        "value",
                        there.getMetadata().getUid()),
                Map.of("op", "replace", "path", "/spec", "value", spec(object, context)));
        context.getClient()
                .resource(there)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON)
                                .withFieldManager(Labels.OPERATOR)
                                .build(),
                        context.getClient().getKubernetesSerialization().asJson(patch));
        log("object.replaced", object);
    }

    private static Object spec(HasMetadata object, Context<ServerHerd> context) {
        return context.getClient()
                .getKubernetesSerialization()
                .convertValue(object, GenericKubernetesResource.class)
                .get("spec");
    }

    private void prune(DesiredHerd desired, ObservedHerd observed, Attempts attempts) {
        Set<ObjectKey> wanted = new HashSet<>();
        desired.objects().forEach(object -> wanted.add(ObjectKey.of(object)));
        // In order, so that a paused herd's status says them in the same order after the operator's restart.
        new TreeMap<>(observed.objects()).forEach((key, object) -> {
            if (!wanted.contains(key) && object.getMetadata().getDeletionTimestamp() == null) {
                attempts.write("delete", key, () -> delete(object));
            }
        });
    }

    private void delete(HasMetadata object) {
        deleter.delete(object);
        log("object.deleted", object);
    }

    private static void log(String what, HasMetadata object) {
        LOG.atInfo()
                .addKeyValue("namespace", object.getMetadata().getNamespace())
                .addKeyValue("kind", object.getKind())
                .addKeyValue("name", object.getMetadata().getName())
                .log(what);
    }
}
