package io.serverherd.local.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/** Which old value an item of a list stands for: known only where items have keys. */
final class Correlation {

    private final Map<JsonNode, JsonNode> oldItems = new HashMap<>();

    /** @param old the old list, or null */
    Correlation(StructuralSchema list, JsonNode old) {
        if (list.isListMap() && old != null && old.isArray()) {
            old.forEach(item -> oldItems.put(keyOf(item, list), item));
        }
    }

    /** The old item with the same keys, or null. */
    JsonNode oldOf(JsonNode item, StructuralSchema list) {
        return oldItems.isEmpty() ? null : oldItems.get(keyOf(item, list));
    }

    /** The keys of an item, defaults filled in: {@code {"name":"A"}}. */
    static ObjectNode keyOf(JsonNode item, StructuralSchema list) {
        ObjectNode key = JsonNodeFactory.instance.objectNode();
        for (String name : list.listMapKeys()) {
            JsonNode value = item.get(name);
            if (value == null && list.items() != null && list.items().field(name) != null) {
                value = list.items().field(name).defaultValue();
            }
            if (value != null) {
                key.set(name, value);
            }
        }
        return key;
    }
}
