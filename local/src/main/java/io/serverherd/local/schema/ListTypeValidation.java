package io.serverherd.local.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Refuses duplicates in lists that are sets or maps. */
public final class ListTypeValidation {

    private final List<FieldError> errors = new ArrayList<>();

    private ListTypeValidation() {}

    /** @param old the stored object when this is an update, or null: an unchanged list is let through */
    public static List<FieldError> validate(StructuralSchema schema, ObjectNode object, ObjectNode old) {
        ListTypeValidation validation = new ListTypeValidation();
        validation.check(schema, object, old, "");
        return validation.errors;
    }

    private void check(StructuralSchema schema, JsonNode value, JsonNode old, String path) {
        if (JsonEquality.equal(value, old)) {
            return;
        }
        if (value.isObject()) {
            value.properties().forEach(field -> {
                StructuralSchema fieldSchema = schema.field(field.getKey());
                if (fieldSchema != null) {
                    check(
                            fieldSchema,
                            field.getValue(),
                            old == null ? null : old.get(field.getKey()),
                            Paths.child(path, field.getKey()));
                }
            });
        } else if (value.isArray() && schema.items() != null) {
            checkItems(schema, value, path);
            Correlation correlation = new Correlation(schema, old);
            for (int i = 0; i < value.size(); i++) {
                JsonNode oldItem = value.get(i).isObject() ? correlation.oldOf(value.get(i), schema) : null;
                check(schema.items(), value.get(i), oldItem, Paths.item(path, i));
            }
        }
    }

    private void checkItems(StructuralSchema schema, JsonNode list, String path) {
        if (!schema.isListMap() && !schema.isListSet()) {
            return;
        }
        Set<JsonNode> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode item = list.get(i);
            if (item.isNull()) {
                continue;
            }
            if (schema.isListMap() && !item.isObject()) {
                errors.add(FieldError.invalid(
                        Paths.item(path, i), item, "must be an object for an array of list-type map"));
                continue;
            }
            JsonNode identity = schema.isListMap() ? Correlation.keyOf(item, schema) : item;
            if (!seen.add(identity)) {
                errors.add(FieldError.duplicate(Paths.item(path, i), identity));
            }
        }
    }
}
