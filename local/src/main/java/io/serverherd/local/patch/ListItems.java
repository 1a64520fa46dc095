package io.serverherd.local.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds the items of lists that are sets or maps. */
final class ListItems {

    private ListItems() {}

    /**
     * The identity of an item.
     *
     * @throws IllegalArgumentException when the item has none: it lacks all keys, or is no object or scalar as it should
     */
    static PathElement identity(MergeType list, JsonNode item) {
        if (list.listKind() == MergeType.ListKind.SET) {
            if (!item.isValueNode() || item.isNull()) {
                throw new IllegalArgumentException("associative list without keys has an element that's "
                        + (item.isObject() ? "a map type" : item.isNull() ? "an explicit null" : "a list"));
            }
            return PathElement.value(item);
        }
        if (!item.isObject()) {
            throw new IllegalArgumentException("associative list with keys may not have "
                    + (item.isNull() ? "a null element" : "non-map elements"));
        }
        ObjectNode key = JsonNodeFactory.instance.objectNode();
        for (String name : list.listKeys()) {
            JsonNode value = item.has(name) ? item.get(name) : list.keyDefault(name);
            if (value != null) {
                key.set(name, value);
            }
        }
        if (key.isEmpty()) {
            throw new IllegalArgumentException("associative list with keys has an element that omits all key fields "
                    + quoted(list) + " (and doesn't have default values for any key fields)");
        }
        return PathElement.key(key);
    }

    /** The items by identity, in order; of items alike the first, for a stored list should have none. */
    static Map<PathElement, JsonNode> byIdentity(MergeType list, JsonNode items) {
        Map<PathElement, JsonNode> byIdentity = new LinkedHashMap<>();
        items.forEach(item -> byIdentity.putIfAbsent(identity(list, item), item));
        return byIdentity;
    }

    /** {@code ["a" "b"]} */
    private static String quoted(MergeType list) {
        StringBuilder names = new StringBuilder("[");
        for (String key : list.listKeys()) {
            names.append(names.length() == 1 ? "\"" : " \"").append(key).append('"');
        }
        return names.append(']').toString();
    }
}
