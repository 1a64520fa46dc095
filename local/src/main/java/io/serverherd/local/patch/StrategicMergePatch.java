package io.serverherd.local.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/**
 * Strategic merge patch: a merge patch that merges lists by a key of their items; built-in kinds only. Directives in the
 * patch steer it: {@code $patch} (replace, delete, merge), {@code $retainKeys}, {@code $deleteFromPrimitiveList/FIELD} and
 * {@code $setElementOrder/FIELD}.
 */
public final class StrategicMergePatch {

    static final String DIRECTIVE = "$patch";
    private static final String RETAIN_KEYS = "$retainKeys";
    private static final String DELETE_FROM = "$deleteFromPrimitiveList/";
    private static final String SET_ORDER = "$setElementOrder/";

    private StrategicMergePatch() {}

    /**
     * The patched object; no argument is changed.
     *
     * @throws PatchException INTERNAL, as a real API server, when a directive is malformed or an item lacks its merge key
     */
    public static ObjectNode apply(MergeType type, ObjectNode live, ObjectNode patch) {
        return mergeMaps(type, live, patch);
    }

    /** @param live the object patched; empty when the patch makes it */
    static ObjectNode mergeMaps(MergeType type, ObjectNode live, ObjectNode patch) {
        String directive = directive(patch);
        ObjectNode merged = directive.equals("merge") ? live.deepCopy() : JsonNodeFactory.instance.objectNode();
        if (directive.equals("delete")) {
            return merged;
        }
        retainKeys(merged, patch);
        for (var field : patch.properties()) {
            String name = field.getKey();
            if (name.startsWith(DELETE_FROM)) {
                deleteScalars(merged, name.substring(DELETE_FROM.length()), field.getValue());
            } else if (!name.startsWith("$")) {
                patchField(type, merged, name, field.getValue(), patch);
            }
        }
        for (var field : patch.properties()) {
            String name = field.getKey();
            if (name.startsWith(SET_ORDER)) {
                String list = name.substring(SET_ORDER.length());
                PatchedLists.order(OwnedFields.typeOf(type, list), merged, list, live.path(list), field.getValue());
            } else if (field.getValue().isArray() && !patch.has(SET_ORDER + name)) {
                PatchedLists.order(OwnedFields.typeOf(type, name), merged, name, live.path(name), field.getValue());
            }
        }
        return merged;
    }

    private static void patchField(MergeType type, ObjectNode merged, String name, JsonNode value, ObjectNode patch) {
        MergeType fieldType = OwnedFields.typeOf(type, name);
        JsonNode present = merged.get(name);
        if (value.isNull()) {
            merged.remove(name);
        } else if (value instanceof ObjectNode object) {
            ObjectNode below = present instanceof ObjectNode map ? map : JsonNodeFactory.instance.objectNode();
            ObjectNode patched = mergeMaps(fieldType, below, object);
            if (directive(object).equals("delete")) {
                merged.remove(name);
            } else {
                merged.set(name, patched);
            }
        } else if (value instanceof ArrayNode list) {
            ArrayNode below = present instanceof ArrayNode array ? array : JsonNodeFactory.instance.arrayNode();
            merged.set(name, PatchedLists.merge(fieldType, below, list, name));
        } else {
            merged.set(name, value);
        }
    }

    /** merge when there is none. */
    static String directive(JsonNode patch) {
        String directive = patch.path(DIRECTIVE).asText("merge");
        if (!Set.of("merge", "replace", "delete").contains(directive)) {
            throw new PatchException(
                    PatchException.Reason.INTERNAL,
                    "Unknown patch type: " + directive + " in map; $patch is one of merge, replace, delete");
        }
        return directive;
    }

    private static void retainKeys(ObjectNode merged, ObjectNode patch) {
        JsonNode retained = patch.get(RETAIN_KEYS);
        if (retained == null) {
            return;
        }
        Set<String> names = new HashSet<>();
        retained.forEach(name -> names.add(name.asText()));
        for (var field : patch.properties()) {
            if (!field.getKey().startsWith("$") && !field.getValue().isNull() && !names.contains(field.getKey())) {
                throw new PatchException(
                        PatchException.Reason.INTERNAL,
                        "$retainKeys must list every field that the patch sets; " + field.getKey() + " is missing");
            }
        }
        merged.retain(names);
    }

    private static void deleteScalars(ObjectNode merged, String name, JsonNode deleted) {
        if (!(merged.get(name) instanceof ArrayNode list)) {
            return;
        }
        Set<JsonNode> gone = new HashSet<>();
        deleted.forEach(gone::add);
        ArrayNode left = JsonNodeFactory.instance.arrayNode();
        list.forEach(item -> {
            if (!gone.contains(item)) {
                left.add(item);
            }
        });
        merged.set(name, left);
    }
}
