package io.serverherd.local.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lays one document over another by their type; where both have a leaf, the upper one's counts. */
final class TypedMerge {

    private TypedMerge() {}

    /** The merged value; shares nothing with its arguments. */
    static JsonNode merge(MergeType type, JsonNode lower, JsonNode upper) {
        if (lower.isObject() && !type.isAtomicMap()) {
            if (upper.isNull() && !lower.isEmpty()) {
                return lower.deepCopy();
            }
            if (upper.isObject()) {
                return mergeMaps(type, lower, upper);
            }
        }
        if (lower.isArray() && type.listKind() != MergeType.ListKind.ATOMIC) {
            if (upper.isNull() && !lower.isEmpty()) {
                return lower.deepCopy();
            }
            if (upper.isArray()) {
                return mergeLists(type, lower, upper);
            }
        }
        return upper.deepCopy();
    }

    private static ObjectNode mergeMaps(MergeType type, JsonNode lower, JsonNode upper) {
        ObjectNode merged = lower.deepCopy();
        upper.properties().forEach(field -> {
            JsonNode below = lower.get(field.getKey());
            merged.set(
                    field.getKey(),
                    below == null
                            ? field.getValue().deepCopy()
                            : merge(OwnedFields.typeOf(type, field.getKey()), below, field.getValue()));
        });
        return merged;
    }

    /**
     * Items of the upper list keep their order; those that only the lower list has stay where they were among the shared
     * ones.
     */
    private static ArrayNode mergeLists(MergeType type, JsonNode lower, JsonNode upper) {
        Map<PathElement, JsonNode> lowerItems = ListItems.byIdentity(type, lower);
        Map<PathElement, JsonNode> upperItems = ListItems.byIdentity(type, upper);
        List<PathElement> lowerOrder = new ArrayList<>(lowerItems.keySet());
        Deque<PathElement> upperOrder = new ArrayDeque<>(upperItems.keySet());
        Deque<PathElement> shared = new ArrayDeque<>(upperItems.keySet());
        shared.removeIf(identity -> !lowerItems.containsKey(identity));
        Set<PathElement> taken = new HashSet<>();
        ArrayNode merged = JsonNodeFactory.instance.arrayNode();
        int next = 0;
        while (next < lowerOrder.size() || !upperOrder.isEmpty()) {
            if (next < lowerOrder.size()) {
                PathElement identity = lowerOrder.get(next);
                if (!upperItems.containsKey(identity)) {
                    merged.add(lowerItems.get(identity).deepCopy());
                    next++;
                    continue;
                }
                boolean anothersTurn = !shared.isEmpty() && !identity.equals(shared.peek());
                if (taken.contains(identity) || anothersTurn) {
                    next++;
                    continue;
                }
            }
            PathElement identity = upperOrder.remove();
            JsonNode below = lowerItems.get(identity);
            JsonNode above = upperItems.get(identity);
            merged.add(below == null ? above.deepCopy() : merge(type.items(), below, above));
            taken.add(identity);
            if (identity.equals(shared.peek())) {
                shared.remove();
            }
        }
        return merged;
    }
}
