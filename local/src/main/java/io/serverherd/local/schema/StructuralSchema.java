package io.serverherd.local.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One node of the structural schema of a custom resource, parsed from {@code openAPIV3Schema}. Immutable. What is absent
 * is null, empty or false.
 *
 * @param type object, array, string, integer, number, boolean, or null for a node without one
 * @param properties the named fields, in the order of the definition
 * @param additionalProperties the schema of the values of a free map
 * @param preserveUnknownFields fields that no schema names are kept
 * @param embeddedResource the value has apiVersion, kind and metadata of its own
 * @param listType atomic, set, map or null
 * @param mapType atomic, granular or null
 * @param constraints what a value of the right type must fulfil besides
 * @param rules {@code x-kubernetes-validations}
 */
public record StructuralSchema(
        String type,
        Map<String, StructuralSchema> properties,
        StructuralSchema additionalProperties,
        StructuralSchema items,
        JsonNode defaultValue,
        boolean nullable,
        boolean preserveUnknownFields,
        boolean intOrString,
        boolean embeddedResource,
        String listType,
        List<String> listMapKeys,
        String mapType,
        ValueConstraints constraints,
        List<ValidationRule> rules) {

    /**
     * @param schema {@code openAPIV3Schema} or a node in it
     * @throws InvalidSchemaException when a pattern is no regular expression, or the schema is no object
     */
    public static StructuralSchema parse(JsonNode schema) {
        return parse(schema, "openAPIV3Schema");
    }

    static StructuralSchema parse(JsonNode schema, String place) {
        if (schema == null || !schema.isObject()) {
            throw new InvalidSchemaException(place + ": must be an object");
        }
        Map<String, StructuralSchema> properties = new LinkedHashMap<>();
        schema.path("properties")
                .properties()
                .forEach(p ->
                        properties.put(p.getKey(), parse(p.getValue(), place + ".properties[" + p.getKey() + "]")));
        JsonNode additional = schema.path("additionalProperties");
        return new StructuralSchema(
                text(schema, "type"),
                Collections.unmodifiableMap(properties),
                additional.isObject() ? parse(additional, place + ".additionalProperties") : null,
                schema.path("items").isObject() ? parse(schema.get("items"), place + ".items") : null,
                schema.get("default"),
                schema.path("nullable").asBoolean(),
                schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()
                        || additional.isBoolean() && additional.asBoolean(),
                schema.path("x-kubernetes-int-or-string").asBoolean(),
                schema.path("x-kubernetes-embedded-resource").asBoolean(),
                text(schema, "x-kubernetes-list-type"),
                texts(schema.path("x-kubernetes-list-map-keys")),
                text(schema, "x-kubernetes-map-type"),
                ValueConstraints.parse(schema, place),
                rules(schema.path("x-kubernetes-validations"), place));
    }

    /** Items are found by their keys. */
    public boolean isListMap() {
        return "map".equals(listType);
    }

    public boolean isListSet() {
        return "set".equals(listType);
    }

    /** Merged and owned as a whole. */
    public boolean isAtomicMap() {
        return "atomic".equals(mapType);
    }

    /** The schema of a field, named or of a free map; null when there is none. */
    public StructuralSchema field(String name) {
        StructuralSchema named = properties.get(name);
        return named != null ? named : additionalProperties;
    }

    private static List<ValidationRule> rules(JsonNode rules, String place) {
        List<ValidationRule> parsed = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            parsed.add(ValidationRule.parse(rules.get(i), place + ".x-kubernetes-validations[" + i + "]"));
        }
        return List.copyOf(parsed);
    }

    static String text(JsonNode node, String field) {
        return node.path(field).textValue();
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return List.copyOf(texts);
    }
}
