package io.serverherd.local.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What strategic merge patch does to a list: replaces it, merges its scalars, or merges its items by their key. */
final class PatchedLists {

    private PatchedLists() {}

    static ArrayNode merge(MergeType type, ArrayNode live, ArrayNode patch, String field) {
        if (type.patchKey() == null) {
            return replaced(patch);
        }
        if (type.patchKey().isEmpty()) {
            return mergedScalars(live, patch);
        }
        return mergedItems(type, live, patch, field);
    }

    /** A list that is replaced may still carry directives in its items, meant for servers that would merge it. */
    private static ArrayNode replaced(ArrayNode patch) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : patch) {
            if (!item.isObject()) {
                items.add(item);
            } else if (!item.has(StrategicMergePatch.DIRECTIVE)) {
                items.add(StrategicMergePatch.mergeMaps(
                        MergeTypeTable.plain(), JsonNodeFactory.instance.objectNode(), (ObjectNode) item));
            }
        }
        return items;
    }

    private static ArrayNode mergedScalars(ArrayNode live, ArrayNode patch) {
        Map<JsonNode, JsonNode> items = new LinkedHashMap<>();
        live.forEach(item -> items.put(item, item));
        patch.forEach(item -> items.put(item, item));
        return JsonNodeFactory.instance.arrayNode().addAll(items.values());
    }

    private static ArrayNode mergedItems(MergeType type, ArrayNode live, ArrayNode patch, String field) {
        List<JsonNode> items = new ArrayList<>();
        boolean replaces = false;
        for (JsonNode item : patch) {
            boolean directiveOnly = item.size() == 1 && item.has(StrategicMergePatch.DIRECTIVE);
            replaces |= directiveOnly && StrategicMergePatch.directive(item).equals("replace");
        }
        if (!replaces) {
            live.forEach(items::add);
        }
        for (JsonNode item : patch) {
            if (item.size() == 1 && StrategicMergePatch.directive(item).equals("replace")) {
                continue;
            }
            mergeItem(type, items, item, field);
        }
        return JsonNodeFactory.instance.arrayNode().addAll(items);
    }

    private static void mergeItem(MergeType type, List<JsonNode> items, JsonNode patch, String field) {
        JsonNode key = patch.get(type.patchKey());
        if (key == null || !(patch instanceof ObjectNode patchObject)) {
            throw new PatchException(
                    PatchException.Reason.INTERNAL,
                    field + ": " + patch + " does not contain declared merge key: " + type.patchKey());
        }
        String directive = StrategicMergePatch.directive(patch);
        if (directive.equals("delete")) {
            items.removeIf(item -> key.equals(item.get(type.patchKey())));
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            if (key.equals(items.get(i).get(type.patchKey()))) {
                items.set(i, StrategicMergePatch.mergeMaps(type.items(), (ObjectNode) items.get(i), patchObject));
                return;
            }
        }
        items.add(StrategicMergePatch.mergeMaps(type.items(), JsonNodeFactory.instance.objectNode(), patchObject));
    }

    /**
     * Puts the items of a patched list in the order of the patch. Items that the patch does not name keep their order, and
     * stay before those they were before.
     *
     * @param order the items, or at least their keys, in order
     */
    static void order(MergeType type, ObjectNode object, String field, JsonNode live, JsonNode order) {
        if (!(object.get(field) instanceof ArrayNode list) || type.patchKey() == null) {
            return;
        }
        List<JsonNode> asked = new ArrayList<>();
        order.forEach(item -> asked.add(identity(type, item)));
        List<JsonNode> before = new ArrayList<>();
        live.forEach(item -> before.add(identity(type, item)));
        List<JsonNode> named = new ArrayList<>();
        List<JsonNode> others = new ArrayList<>();
        list.forEach(item -> (asked.contains(identity(type, item)) ? named : others).add(item));
        named.sort((a, b) -> asked.indexOf(identity(type, a)) - asked.indexOf(identity(type, b)));
        ArrayNode ordered = JsonNodeFactory.instance.arrayNode();
        while (!named.isEmpty() || !others.isEmpty()) {
            ordered.add((takeNamed(type, named, others, before) ? named : others).remove(0));
        }
        object.set(field, ordered);
    }

    private static boolean takeNamed(
            MergeType type, List<JsonNode> named, List<JsonNode> others, List<JsonNode> before) {
        if (named.isEmpty() || others.isEmpty()) {
            return others.isEmpty();
        }
        int otherWas = before.indexOf(identity(type, others.get(0)));
        return otherWas < 0 || otherWas >= before.indexOf(identity(type, named.get(0)));
    }

    private static JsonNode identity(MergeType type, JsonNode item) {
        return type.patchKey().isEmpty() || !item.isObject() ? item : item.path(type.patchKey());
    }
}
