package io.serverherd.local.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Fills in the defaults of a schema, inside the objects that are there, and those that a default makes; then drops the
 * nulls that are left where the schema is not nullable.
 */
public final class Defaulting {

    private Defaulting() {}

    /** Changes the object in place. */
    public static void apply(StructuralSchema schema, ObjectNode object) {
        fill(schema, object);
        dropNulls(schema, object);
    }

    /** Only the first half: nulls without a default stay, for validation to refuse them. */
    static void fill(StructuralSchema schema, JsonNode value) {
        if (value instanceof ObjectNode object) {
            for (Map.Entry<String, StructuralSchema> property :
                    schema.properties().entrySet()) {
                JsonNode present = object.get(property.getKey());
                JsonNode defaultValue = property.getValue().defaultValue();
                if (defaultValue != null && (present == null || isForbiddenNull(property.getValue(), present))) {
                    object.set(property.getKey(), defaultValue.deepCopy());
                }
            }
            for (String name : Paths.names(object)) {
                StructuralSchema field = schema.field(name);
                if (field == null) {
                    continue;
                }
                if (field.defaultValue() != null && isForbiddenNull(field, object.get(name))) {
                    object.set(name, field.defaultValue().deepCopy());
                }
                fill(field, object.get(name));
            }
        } else if (value instanceof ArrayNode list && schema.items() != null) {
            for (int i = 0; i < list.size(); i++) {
                if (schema.items().defaultValue() != null && isForbiddenNull(schema.items(), list.get(i))) {
                    list.set(i, schema.items().defaultValue().deepCopy());
                }
                fill(schema.items(), list.get(i));
            }
        }
    }

    /** Nulls in lists stay: they are refused by validation. */
    private static void dropNulls(StructuralSchema schema, JsonNode value) {
        if (value instanceof ObjectNode object) {
            for (String name : Paths.names(object)) {
                StructuralSchema field = schema.field(name);
                if (field == null) {
                    continue;
                }
                if (isForbiddenNull(field, object.get(name))) {
                    object.remove(name);
                } else {
                    dropNulls(field, object.get(name));
                }
            }
        } else if (value.isArray() && schema.items() != null) {
            value.forEach(item -> dropNulls(schema.items(), item));
        }
    }

    private static boolean isForbiddenNull(StructuralSchema schema, JsonNode value) {
        return value.isNull() && !schema.nullable();
    }
}
