package io.serverherd.local.api.gc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.store.Change;
import io.serverherd.local.api.store.ObjectKey;
import io.serverherd.local.api.verb.Deleting;
import java.util.List;
import java.util.function.Consumer;

/**
 * Deletes what is owned by nobody any more, and works off the finalizers of deletions that say what becomes of owned
 * objects.
 *
 * <pre>
 * owner gone                     → its dependents are deleted, unless another owner lives
 * owner waits with "orphan"      → its dependents lose the reference, then it goes
 * owner waits for its dependents → they are deleted; it goes after the last of them
 * </pre>
 */
public final class OwnerCollector implements Consumer<Change> {

    private final OwnerGraph graph = new OwnerGraph();
    private final Cleanup cleanup;

    public OwnerCollector(Cleanup cleanup) {
        this.cleanup = cleanup;
    }

    @Override
    public void accept(Change change) {
        graph.update(change);
        ObjectNode object = change.object();
        if (change.type() == Change.Type.DELETED) {
            String uid = object.at("/metadata/uid").asText();
            graph.dependentsOf(uid).forEach(this::collect);
            OwnerGraph.ownersOf(object).forEach(this::goOn);
        } else {
            collect(change.key());
            goOn(object.at("/metadata/uid").asText());
        }
    }

    private void collect(ObjectKey key) {
        if (graph.isOrphan(key)) {
            cleanup.delete(key, graph.uid(key));
        }
    }

    /** Takes a waiting deletion its next step. */
    private void goOn(String uid) {
        ObjectKey key = graph.find(uid);
        ObjectNode owner = key == null ? null : cleanup.get(key).orElse(null);
        if (owner == null || !owner.path("metadata").hasNonNull("deletionTimestamp")) {
            return;
        }
        List<ObjectKey> dependents = graph.dependentsOf(uid);
        if (hasFinalizer(owner, Deleting.ORPHAN)) {
            dependents.forEach(dependent -> cleanup.edit(dependent, object -> removeOwner(object, uid)));
            cleanup.edit(key, object -> removeFinalizer(object, Deleting.ORPHAN));
        } else if (hasFinalizer(owner, Deleting.FOREGROUND) && dependents.isEmpty()) {
            cleanup.edit(key, object -> removeFinalizer(object, Deleting.FOREGROUND));
        } else if (hasFinalizer(owner, Deleting.FOREGROUND)) {
            dependents.forEach(dependent -> cleanup.delete(dependent, graph.uid(dependent)));
        }
    }

    private static boolean hasFinalizer(ObjectNode object, String finalizer) {
        for (JsonNode present : object.at("/metadata/finalizers")) {
            if (present.asText().equals(finalizer)) {
                return true;
            }
        }
        return false;
    }

    static void removeFinalizer(ObjectNode object, String finalizer) {
        removeFrom(object, "finalizers", item -> item.asText().equals(finalizer));
    }

    private static void removeOwner(ObjectNode object, String uid) {
        removeFrom(object, "ownerReferences", item -> item.path("uid").asText().equals(uid));
    }

    private static void removeFrom(ObjectNode object, String list, java.util.function.Predicate<JsonNode> condition) {
        if (object.path("metadata").get(list) instanceof ArrayNode items) {
            for (int i = items.size() - 1; i >= 0; i--) {
                if (condition.test(items.get(i))) {
                    items.remove(i);
                }
            }
        }
    }
}
