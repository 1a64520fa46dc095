package io.serverherd.local.api.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.json.Json;
import io.serverherd.local.api.kind.ResourceType;
import io.serverherd.local.api.kind.ServedForm;
import io.serverherd.local.api.select.Selection;
import io.serverherd.local.api.store.Change;
import io.serverherd.local.api.view.View;
import java.nio.charset.StandardCharsets;

/**
 * Events as a watch sends them, one JSON object per line. Used by one thread: a table's head is sent once.
 *
 * <pre>
 * selected before │ selected now │ event
 *       no        │      yes     │ ADDED
 *       yes       │      yes     │ MODIFIED
 *       yes       │      no      │ DELETED
 * </pre>
 */
final class EventWriter {

    private static final byte[] NOTHING = {};

    private final ResourceType type;
    private final View view;
    private final Selection selection;

    EventWriter(ResourceType type, View view, Selection selection) {
        this.type = type;
        this.view = view;
        this.selection = selection;
    }

    byte[] added(ObjectNode stored) {
        return selection.selects(stored) ? event("ADDED", stored) : NOTHING;
    }

    byte[] changed(Change change) {
        ObjectNode object = change.object();
        boolean now = change.type() != Change.Type.DELETED && selection.selects(object);
        boolean before = change.previous().filter(selection::selects).isPresent();
        if (now) {
            return event(before ? "MODIFIED" : "ADDED", object);
        }
        return before ? event("DELETED", lastSelected(change, object)) : NOTHING;
    }

    /** What leaves a selection is told as it was while it belonged to it. */
    private static ObjectNode lastSelected(Change change, ObjectNode object) {
        ObjectNode last = change.previous().orElse(object);
        Json.child(last, "metadata").put("resourceVersion", Long.toString(change.version()));
        return last;
    }

    /** @param initialEnd whether this closes the initial events that were asked for */
    byte[] bookmark(long version, boolean initialEnd) {
        ObjectNode object = Json.object().put("kind", type.kind()).put("apiVersion", type.apiVersion());
        ObjectNode metadata = object.putObject("metadata").put("resourceVersion", Long.toString(version));
        metadata.putNull("creationTimestamp");
        if (initialEnd) {
            metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
        }
        return line("BOOKMARK", object);
    }

    byte[] error(ApiException error) {
        return line("ERROR", error.status());
    }

    private byte[] event(String name, ObjectNode stored) {
        return line(name, view.object(ServedForm.served(type, stored)));
    }

    private static byte[] line(String name, ObjectNode object) {
        ObjectNode event = Json.object().put("type", name);
        event.set("object", object);
        return (Json.text(event) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
