package io.serverherd.local.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Takes the fields of a set out of a document. An object or list that becomes empty by it becomes null: somebody may still
 * own its being there, which is decided later.
 */
final class FieldRemoval {

    private FieldRemoval() {}

    /** What is left; shares nothing with the argument. */
    static ObjectNode remove(MergeType type, ObjectNode object, FieldSet fields) {
        ObjectNode left = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(field -> {
            PathElement element = PathElement.field(field.getKey());
            if (!fields.has(element)) {
                MergeType fieldType = OwnedFields.typeOf(type, field.getKey());
                left.set(field.getKey(), without(fieldType, field.getValue(), fields.below(element)));
            }
        });
        return left;
    }

    private static JsonNode without(MergeType type, JsonNode value, FieldSet fields) {
        if (fields.isEmpty() || !value.isContainerNode()) {
            return value.deepCopy();
        }
        if (OwnedFields.isLeaf(type, value)) {
            return JsonNodeFactory.instance.nullNode();
        }
        if (value instanceof ObjectNode object) {
            ObjectNode left = remove(type, object, fields);
            return left.isEmpty() ? JsonNodeFactory.instance.nullNode() : left;
        }
        ArrayNode left = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : value) {
            PathElement identity = ListItems.identity(type, item);
            if (!fields.has(identity)) {
                left.add(without(type.items(), item, fields.below(identity)));
            }
        }
        return left.isEmpty() ? JsonNodeFactory.instance.nullNode() : left;
    }
}
