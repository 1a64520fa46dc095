package io.serverherd.local.api.verb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.json.Json;
import io.serverherd.local.api.kind.CustomTypes;
import io.serverherd.local.api.kind.ResourceType;
import io.serverherd.local.api.kind.ServedForm;
import io.serverherd.local.api.select.Selection;
import io.serverherd.local.api.store.Listing;
import io.serverherd.local.api.store.ObjectStore;
import io.serverherd.local.api.verb.DeleteOptions.Propagation;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * delete and deletecollection.
 *
 * <pre>
 * nothing holds it                          → gone
 * finalizers, or a namespace with contents  → marked; gone when the last finalizer is
 * a pod on a node                           → marked with its grace period; gone when the kubelet deletes it with grace 0
 * </pre>
 */
public final class Deleting {

    /** Finalizers that the garbage collector works off. */
    public static final String ORPHAN = "orphan";

    public static final String FOREGROUND = "foregroundDeletion";

    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private final ObjectStore store;
    private final Reading reading;
    private final Clock clock;

    public Deleting(ObjectStore store, Clock clock) {
        this.store = store;
        this.reading = new Reading(store);
        this.clock = clock;
    }

    public Outcome delete(Target target, DeleteOptions options) {
        return store.exclusively(() -> deleteHeld(target, options));
    }

    /** Deletes what is selected, and answers with it. */
    public Listing deleteCollection(Target target, Selection selection, DeleteOptions options) {
        return store.exclusively(() -> {
            Listing listing = reading.list(target, selection);
            List<ObjectNode> deleted = new ArrayList<>();
            for (ObjectNode object : listing.objects()) {
                String namespace = object.at("/metadata/namespace").asText("");
                deleteHeld(
                        target.in(namespace).named(object.at("/metadata/name").asText()), options);
                deleted.add(object);
            }
            return new Listing(deleted, store.version());
        });
    }

    private Outcome deleteHeld(Target target, DeleteOptions options) {
        ObjectNode live = reading.get(target);
        requirePreconditions(target, live, options);
        long grace = grace(target.type(), live, options);
        ObjectNode marked = live.deepCopy();
        if (target.type().is("apiextensions.k8s.io", "customresourcedefinitions")) {
            addFinalizer(marked, CustomTypes.CLEANUP);
        }
        if (options.propagation() != Propagation.BACKGROUND) {
            addFinalizer(marked, options.propagation() == Propagation.ORPHAN ? ORPHAN : FOREGROUND);
        }
        boolean held = grace > 0
                || Metadata.hasFinalizers(marked)
                || !marked.at("/spec/finalizers").isEmpty() && target.type().is("", "namespaces");
        if (!held) {
            if (!options.dryRun()) {
                store.remove(target.key(), ServedForm.stored(target.type(), live.deepCopy()));
            }
            return Outcome.ok(success(target, live));
        }
        mark(target, marked, grace);
        if (!marked.equals(live) && !options.dryRun()) {
            store.put(target.key(), ServedForm.stored(target.type(), marked));
        }
        return Outcome.ok(ServedForm.served(target.type(), marked));
    }

    /** Marks the object once; a later, shorter grace period shortens the first. */
    private void mark(Target target, ObjectNode object, long grace) {
        ObjectNode metadata = Metadata.of(object);
        long given = metadata.path("deletionGracePeriodSeconds").asLong(Long.MAX_VALUE);
        if (Metadata.isDeleting(object) && grace >= given) {
            return;
        }
        Instant end = clock.instant().plusSeconds(grace);
        metadata.put("deletionTimestamp", Metadata.time(end)).put("deletionGracePeriodSeconds", grace);
        if (target.type().is("", "namespaces")) {
            Json.child(object, "status").put("phase", "Terminating");
        } else if (metadata.has("generation")) {
            metadata.put("generation", metadata.path("generation").asLong() + 1);
        }
    }

    /** Only pods that run on a node need time. */
    private static long grace(ResourceType type, ObjectNode live, DeleteOptions options) {
        boolean runs = type.is("", "pods")
                && live.at("/spec").hasNonNull("nodeName")
                && !ENDED.contains(live.at("/status/phase").asText());
        if (!runs) {
            return 0;
        }
        return options.gracePeriodSeconds()
                .orElse(live.at("/spec/terminationGracePeriodSeconds").asLong(30));
    }

    private static void addFinalizer(ObjectNode object, String finalizer) {
        if (Metadata.isDeleting(object)) {
            return;
        }
        ArrayNode finalizers = Metadata.of(object).withArray("finalizers");
        for (int i = 0; i < finalizers.size(); i++) {
            if (finalizers.get(i).asText().equals(finalizer)) {
                return;
            }
        }
        finalizers.add(finalizer);
    }

    private static void requirePreconditions(Target target, ObjectNode live, DeleteOptions options) {
        String uid = live.at("/metadata/uid").asText();
        if (options.uid().filter(wanted -> !wanted.equals(uid)).isPresent()) {
            throw ApiException.conflict(
                    target.type(),
                    target.name(),
                    "the UID in the precondition (%s) does not match the UID in record (%s). The object might have been deleted and then recreated"
                            .formatted(options.uid().get(), uid));
        }
        String version = live.at("/metadata/resourceVersion").asText();
        if (options.resourceVersion().filter(wanted -> !wanted.equals(version)).isPresent()) {
            throw ApiException.conflict(
                    target.type(),
                    target.name(),
                    "the ResourceVersion in the precondition (%s) does not match the ResourceVersion in record (%s). The object might have been modified"
                            .formatted(options.resourceVersion().get(), version));
        }
    }

    private static ObjectNode success(Target target, ObjectNode live) {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        ObjectNode details =
                status.put("status", "Success").putObject("details").put("name", target.name());
        if (!target.type().group().isEmpty()) {
            details.put("group", target.type().group());
        }
        details.put("kind", target.type().plural())
                .put("uid", live.at("/metadata/uid").asText());
        return status;
    }
}
