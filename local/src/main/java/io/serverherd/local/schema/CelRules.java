package io.serverherd.local.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The CEL rules of a definition, compiled once, in a tree as their schema has them; only the branches that hold rules are
 * kept. Immutable.
 */
public final class CelRules {

    private final StructuralSchema schema;
    private final List<CelRule> rules;
    private final Map<String, CelRules> fields;
    private final CelRules values;
    private final CelRules items;

    private CelRules(StructuralSchema schema, boolean isResource) {
        this.schema = schema;
        this.rules = compileOwn(schema, isResource);
        Map<String, CelRules> withRules = new LinkedHashMap<>();
        schema.properties().forEach((name, field) -> {
            CelRules below = below(field);
            if (below != null) {
                withRules.put(name, below);
            }
        });
        this.fields = Map.copyOf(withRules);
        this.values = below(schema.additionalProperties());
        this.items = below(schema.items());
    }

    /** @throws InvalidSchemaException naming the first rule that does not compile */
    public static CelRules compile(StructuralSchema schema) {
        return new CelRules(schema, true);
    }

    private static CelRules below(StructuralSchema schema) {
        if (schema == null) {
            return null;
        }
        CelRules rules = new CelRules(schema, schema.embeddedResource());
        return rules.isEmpty() ? null : rules;
    }

    private static List<CelRule> compileOwn(StructuralSchema schema, boolean isResource) {
        if (schema.rules().isEmpty()) {
            return List.of();
        }
        CelCompilation compilation = new CelCompilation(schema, isResource);
        return schema.rules().stream().map(compilation::compile).toList();
    }

    public boolean isEmpty() {
        return rules.isEmpty() && fields.isEmpty() && values == null && items == null;
    }

    /**
     * Runs the rules; the object has passed structural validation.
     *
     * @param old the stored object when this is an update, or null; rules on {@code oldSelf} only run with it
     */
    public List<FieldError> validate(ObjectNode object, ObjectNode old) {
        List<FieldError> errors = new ArrayList<>();
        check(object, old, "", errors);
        return errors;
    }

    private void check(JsonNode value, JsonNode old, String path, List<FieldError> errors) {
        if (value.isNull()) {
            return;
        }
        checkOwn(value, old, path, errors);
        if (value.isObject()) {
            value.properties().forEach(field -> {
                CelRules below = fields.getOrDefault(field.getKey(), values);
                if (below != null) {
                    JsonNode oldField = old == null || schema.isAtomicMap() ? null : old.get(field.getKey());
                    below.check(field.getValue(), oldField, Paths.child(path, field.getKey()), errors);
                }
            });
        } else if (value.isArray() && items != null) {
            Correlation correlation = new Correlation(schema, old);
            for (int i = 0; i < value.size(); i++) {
                JsonNode oldItem = correlation.oldOf(value.get(i), schema);
                items.check(value.get(i), oldItem, Paths.item(path, i), errors);
            }
        }
    }

    private void checkOwn(JsonNode value, JsonNode old, String path, List<FieldError> errors) {
        boolean unchanged = JsonEquality.equal(value, old);
        if (rules.isEmpty() || unchanged && rules.stream().noneMatch(CelRule::isTransition)) {
            return;
        }
        Object self = CelValues.of(value, schema);
        Object oldSelf = old == null || old.isNull() ? null : CelValues.of(old, schema);
        for (CelRule rule : rules) {
            if (!unchanged || rule.isTransition()) {
                rule.check(self, oldSelf, path).ifPresent(errors::add);
            }
        }
    }
}
