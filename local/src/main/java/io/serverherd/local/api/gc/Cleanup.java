package io.serverherd.local.api.gc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.kind.TypeRegistry;
import io.serverherd.local.api.store.ObjectKey;
import io.serverherd.local.api.store.ObjectStore;
import io.serverherd.local.api.verb.DeleteOptions;
import io.serverherd.local.api.verb.Deleting;
import io.serverherd.local.api.verb.Target;
import io.serverherd.local.api.verb.Writing;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The few things that those who clean up do to objects, by key. What has gone meanwhile is left alone. */
public final class Cleanup {

    private final ObjectStore store;
    private final TypeRegistry types;
    private final Writing writing;
    private final Deleting deleting;

    public Cleanup(ObjectStore store, TypeRegistry types, Writing writing, Deleting deleting) {
        this.store = store;
        this.types = types;
        this.writing = writing;
        this.deleting = deleting;
    }

    Optional<ObjectNode> get(ObjectKey key) {
        return store.get(key);
    }

    List<ObjectKey> keysIn(String namespace) {
        return store.keysIn(namespace);
    }

    List<ObjectKey> keysOf(String group, String plural) {
        return store.keysOf(group, plural);
    }

    /** Deletes the object unless it is another one by now. */
    void delete(ObjectKey key, String uid) {
        if (store.contains(key)) {
            target(key).ifPresent(target -> deleting.delete(target, DeleteOptions.ofUid(uid)));
        }
    }

    void delete(ObjectKey key) {
        get(key).ifPresent(object -> delete(key, object.at("/metadata/uid").asText()));
    }

    void edit(ObjectKey key, Consumer<ObjectNode> change) {
        if (store.contains(key)) {
            target(key).ifPresent(target -> writing.edit(target, change));
        }
    }

    private Optional<Target> target(ObjectKey key) {
        return types.of(key).map(type -> new Target(type, key.namespace(), key.name(), ""));
    }
}
