package io.serverherd.local.api.gc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.kind.CustomTypes;
import io.serverherd.local.api.store.Change;
import io.serverherd.local.api.store.ObjectKey;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Deletes the objects of a definition that is being deleted, then lets it go. */
public final class DefinitionReaper implements Consumer<Change> {

    /** @param definition where it is stored */
    private record Kind(String group, String plural, ObjectKey definition) {}

    private final Cleanup cleanup;
    private final Map<String, Kind> terminating = new HashMap<>();

    public DefinitionReaper(Cleanup cleanup) {
        this.cleanup = cleanup;
    }

    @Override
    public void accept(Change change) {
        ObjectKey key = change.key();
        boolean definition = key.plural().equals("customresourcedefinitions");
        if (definition && change.type() == Change.Type.DELETED) {
            terminating.remove(key.name());
        } else if (definition) {
            ObjectNode object = change.object();
            if (object.path("metadata").hasNonNull("deletionTimestamp") && !terminating.containsKey(key.name())) {
                Kind kind = new Kind(
                        object.at("/spec/group").asText(),
                        object.at("/spec/names/plural").asText(),
                        key);
                terminating.put(key.name(), kind);
                cleanup.keysOf(kind.group(), kind.plural()).forEach(cleanup::delete);
                letGo(kind);
            }
        } else if (change.type() == Change.Type.DELETED && terminating.containsKey(key.plural() + "." + key.group())) {
            letGo(terminating.get(key.plural() + "." + key.group()));
        }
    }

    private void letGo(Kind kind) {
        if (cleanup.keysOf(kind.group(), kind.plural()).isEmpty()) {
            cleanup.edit(kind.definition(), object -> OwnerCollector.removeFinalizer(object, CustomTypes.CLEANUP));
        }
    }
}
