package io.serverherd.local.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Takes the fields of a set out of a document; an object or list that becomes empty by it goes too. */
final class FieldRemoval {

    private FieldRemoval() {}

    /** What is left; shares nothing with the argument. */
    static ObjectNode remove(MergeType type, ObjectNode object, FieldSet fields) {
        ObjectNode left = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(field -> {
            PathElement element = PathElement.field(field.getKey());
            if (!fields.has(element)) {
                JsonNode value =
                        without(OwnedFields.typeOf(type, field.getKey()), field.getValue(), fields.below(element));
                if (value != null) {
                    left.set(field.getKey(), value);
                }
            }
        });
        return left;
    }

    private static JsonNode without(MergeType type, JsonNode value, FieldSet fields) {
        if (fields.isEmpty() || !value.isContainerNode()) {
            return value.deepCopy();
        }
        if (OwnedFields.isLeaf(type, value)) {
            return null;
        }
        if (value instanceof ObjectNode object) {
            ObjectNode left = remove(type, object, fields);
            return left.isEmpty() ? null : left;
        }
        ArrayNode left = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : value) {
            PathElement identity = ListItems.identity(type, item);
            if (!fields.has(identity)) {
                JsonNode rest = without(type.items(), item, fields.below(identity));
                left.add(rest == null ? JsonNodeFactory.instance.nullNode() : rest);
            }
        }
        return left.isEmpty() ? null : left;
    }
}
