package io.serverherd.local.api.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.json.Json;
import java.util.Optional;

/**
 * One write, as the log keeps it. The texts are shared with the store; each decoding gives a tree of its own.
 *
 * @param version the resourceVersion that the write took
 * @param text the object after the write; of a removed one, its last state with the version of its removal
 * @param previousText the object before the write, or null when it was added
 */
public record Change(long version, Type type, ObjectKey key, String text, String previousText) {

    /** As a watch names it. */
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }

    public ObjectNode object() {
        return Json.object(text);
    }

    public Optional<ObjectNode> previous() {
        return Optional.ofNullable(previousText).map(Json::object);
    }
}
