package io.serverherd.local.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Validates an object against a structural schema: types and constraints, not the rules in CEL. */
public final class SchemaValidation {

    private final List<FieldError> errors = new ArrayList<>();

    private SchemaValidation() {}

    /**
     * @param old the stored object when this is an update, or null: what equals it is let through
     * @return what is wrong, in the order of the object
     */
    public static List<FieldError> validate(StructuralSchema schema, ObjectNode object, ObjectNode old) {
        SchemaValidation validation = new SchemaValidation();
        validation.check(schema, object, old, "");
        return validation.errors;
    }

    private void check(StructuralSchema schema, JsonNode value, JsonNode old, String path) {
        if (JsonEquality.equal(value, old)) {
            return;
        }
        if (value.isNull() && schema.nullable()) {
            return;
        }
        boolean fits = checkType(schema, value, path);
        checkEnumeration(schema.constraints(), value, path);
        if (!fits) {
            checkAlternatives(schema.constraints(), value, path);
            return;
        }
        errors.addAll(ConstraintCheck.check(schema.constraints(), value, path));
        checkAlternatives(schema.constraints(), value, path);
        if (value.isObject()) {
            checkFields(schema, value, old, path);
        } else if (value.isArray() && schema.items() != null) {
            Correlation correlation = new Correlation(schema, old);
            for (int i = 0; i < value.size(); i++) {
                JsonNode oldItem = value.get(i).isObject() ? correlation.oldOf(value.get(i), schema) : null;
                check(schema.items(), value.get(i), oldItem, Paths.item(path, i));
            }
        }
    }

    private boolean checkType(StructuralSchema schema, JsonNode value, String path) {
        String expected = schema.intOrString() ? "integer,string" : schema.type();
        if (expected == null) {
            return true;
        }
        String found = JsonTypes.nameOf(value);
        boolean fits = schema.intOrString()
                ? found.equals("string") || JsonTypes.isInteger(value)
                : found.equals(expected)
                        || expected.equals("number") && value.isNumber()
                        || expected.equals("integer") && JsonTypes.isInteger(value);
        if (!fits) {
            errors.add(FieldError.wrongType(path, expected, found));
        }
        return fits;
    }

    private void checkEnumeration(ValueConstraints constraints, JsonNode value, String path) {
        if (constraints.enumeration().isEmpty()
                || constraints.enumeration().stream().anyMatch(allowed -> JsonEquality.equal(allowed, value))) {
            return;
        }
        String allowed =
                constraints.enumeration().stream().map(JsonNode::toString).collect(Collectors.joining(", "));
        errors.add(new FieldError(path, FieldError.Type.NOT_SUPPORTED, value, "supported values: " + allowed));
    }

    private void checkFields(StructuralSchema schema, JsonNode object, JsonNode old, String path) {
        for (String name : schema.constraints().required()) {
            if (!object.has(name)) {
                errors.add(FieldError.required(Paths.child(path, name)));
            }
        }
        if (schema.embeddedResource()) {
            for (String name : List.of("apiVersion", "kind")) {
                if (object.path(name).asText().isEmpty()) {
                    errors.add(FieldError.required(Paths.child(path, name)));
                }
            }
        }
        object.properties().forEach(field -> {
            StructuralSchema fieldSchema = schema.field(field.getKey());
            if (fieldSchema != null) {
                check(
                        fieldSchema,
                        field.getValue(),
                        old == null ? null : old.get(field.getKey()),
                        Paths.child(path, field.getKey()));
            }
        });
    }

    private void checkAlternatives(ValueConstraints constraints, JsonNode value, String path) {
        if (!constraints.anyOf().isEmpty() && constraints.anyOf().stream().noneMatch(schema -> fits(schema, value))) {
            blameWhole(path, "must validate at least one schema (anyOf)");
            check(constraints.anyOf().get(0), value, null, path);
        }
        if (!constraints.oneOf().isEmpty()) {
            long fitting = constraints.oneOf().stream()
                    .filter(schema -> fits(schema, value))
                    .count();
            if (fitting != 1) {
                blameWhole(
                        path,
                        "must validate one and only one schema (oneOf). Found "
                                + (fitting == 0 ? "none valid" : fitting + " valid alternatives"));
            }
            if (fitting == 0) {
                check(constraints.oneOf().get(0), value, null, path);
            }
        }
        if (!constraints.allOf().isEmpty()) {
            long fitting = constraints.allOf().stream()
                    .filter(schema -> fits(schema, value))
                    .count();
            constraints.allOf().forEach(schema -> check(schema, value, null, path));
            if (fitting < constraints.allOf().size()) {
                blameWhole(path, "must validate all the schemas (allOf)" + (fitting == 0 ? ". None validated" : ""));
            }
        }
        if (constraints.not() != null && fits(constraints.not(), value)) {
            blameWhole(path, "must not validate the schema (not)");
        }
    }

    private static boolean fits(StructuralSchema schema, JsonNode value) {
        SchemaValidation attempt = new SchemaValidation();
        attempt.check(schema, value, null, "");
        return attempt.errors.isEmpty();
    }

    /** An API server names the place in the text, not as the path. */
    private void blameWhole(String path, String fault) {
        errors.add(FieldError.invalid("", JsonNodeFactory.instance.textNode(""), "\"" + path + "\" " + fault));
    }
}
