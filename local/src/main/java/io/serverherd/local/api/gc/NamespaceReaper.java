package io.serverherd.local.api.gc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.json.Json;
import io.serverherd.local.api.store.Change;
import io.serverherd.local.api.store.ObjectKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Empties namespaces that are being deleted, then lets them go. */
public final class NamespaceReaper implements Consumer<Change> {

    private final Cleanup cleanup;
    private final Set<String> terminating = new HashSet<>();

    public NamespaceReaper(Cleanup cleanup) {
        this.cleanup = cleanup;
    }

    @Override
    public void accept(Change change) {
        ObjectKey key = change.key();
        if (isNamespace(key) && change.type() == Change.Type.DELETED) {
            terminating.remove(key.name());
        } else if (isNamespace(key)) {
            if (change.object().path("metadata").hasNonNull("deletionTimestamp") && terminating.add(key.name())) {
                cleanup.keysIn(key.name()).forEach(cleanup::delete);
                letGo(key);
            }
        } else if (change.type() == Change.Type.DELETED && terminating.contains(key.namespace())) {
            letGo(new ObjectKey("", "namespaces", "", key.namespace()));
        }
    }

    private void letGo(ObjectKey namespace) {
        List<ObjectKey> left = cleanup.keysIn(namespace.name());
        if (left.isEmpty()) {
            cleanup.edit(namespace, NamespaceReaper::removeFinalizers);
        }
    }

    private static void removeFinalizers(ObjectNode namespace) {
        Json.child(namespace, "spec").remove("finalizers");
    }

    private static boolean isNamespace(ObjectKey key) {
        return key.group().isEmpty() && key.plural().equals("namespaces");
    }
}
