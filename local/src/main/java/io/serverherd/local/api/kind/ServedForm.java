package io.serverherd.local.api.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns objects between the form they are stored in and the version a client speaks. All versions of a custom resource
 * have the same fields (conversion strategy None); events have two sets of names for the same fields.
 */
public final class ServedForm {

    /** events.k8s.io name → core name. */
    private static final Map<String, String> EVENT_FIELDS = eventFields();

    private ServedForm() {}

    /** Changes a stored object into what the type's clients read. */
    public static ObjectNode served(ResourceType type, ObjectNode stored) {
        stored.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        if (isNewEvent(type)) {
            EVENT_FIELDS.forEach((served, core) -> rename(stored, core, served));
        }
        return stored;
    }

    /** Changes what a client wrote into what is stored. */
    public static ObjectNode stored(ResourceType type, ObjectNode served) {
        if (isNewEvent(type)) {
            EVENT_FIELDS.forEach((name, core) -> rename(served, name, core));
            served.put("apiVersion", "v1");
        }
        return served;
    }

    private static boolean isNewEvent(ResourceType type) {
        return type.is("events.k8s.io", "events");
    }

    private static void rename(ObjectNode object, String from, String to) {
        JsonNode value = object.remove(from);
        if (value != null) {
            object.set(to, value);
        }
    }

    private static Map<String, String> eventFields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("regarding", "involvedObject");
        fields.put("note", "message");
        fields.put("reportingController", "reportingComponent");
        fields.put("deprecatedSource", "source");
        fields.put("deprecatedFirstTimestamp", "firstTimestamp");
        fields.put("deprecatedLastTimestamp", "lastTimestamp");
        fields.put("deprecatedCount", "count");
        return fields;
    }
}
