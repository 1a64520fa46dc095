package io.serverherd.local.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What a value must fulfil besides its type; null or empty where nothing is asked.
 *
 * @param pattern found anywhere in a string; RE2, as in an API server
 * @param minLength of a string, in characters
 * @param anyOf at least one of these must fit
 * @param oneOf exactly one of these must fit
 */
public record ValueConstraints(
        String format,
        Pattern pattern,
        BigDecimal minimum,
        boolean exclusiveMinimum,
        BigDecimal maximum,
        boolean exclusiveMaximum,
        BigDecimal multipleOf,
        Long minLength,
        Long maxLength,
        Long minItems,
        Long maxItems,
        Long minProperties,
        Long maxProperties,
        List<String> required,
        List<JsonNode> enumeration,
        List<StructuralSchema> allOf,
        List<StructuralSchema> anyOf,
        List<StructuralSchema> oneOf,
        StructuralSchema not) {

    static ValueConstraints parse(JsonNode schema, String place) {
        List<JsonNode> enumeration = new ArrayList<>();
        schema.path("enum").forEach(enumeration::add);
        return new ValueConstraints(
                StructuralSchema.text(schema, "format"),
                pattern(schema, place),
                decimal(schema.path("minimum")),
                schema.path("exclusiveMinimum").asBoolean(),
                decimal(schema.path("maximum")),
                schema.path("exclusiveMaximum").asBoolean(),
                decimal(schema.path("multipleOf")),
                count(schema.path("minLength")),
                count(schema.path("maxLength")),
                count(schema.path("minItems")),
                count(schema.path("maxItems")),
                count(schema.path("minProperties")),
                count(schema.path("maxProperties")),
                StructuralSchema.texts(schema.path("required")),
                List.copyOf(enumeration),
                alternatives(schema, "allOf", place),
                alternatives(schema, "anyOf", place),
                alternatives(schema, "oneOf", place),
                schema.path("not").isObject() ? StructuralSchema.parse(schema.get("not"), place + ".not") : null);
    }

    private static Pattern pattern(JsonNode schema, String place) {
        String pattern = StructuralSchema.text(schema, "pattern");
        if (pattern == null) {
            return null;
        }
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new InvalidSchemaException(
                    place + ".pattern: Invalid value: \"" + pattern
                            + "\": must be a valid regular expression, but isn't: " + e.getMessage(),
                    e);
        }
    }

    private static List<StructuralSchema> alternatives(JsonNode schema, String field, String place) {
        List<StructuralSchema> parsed = new ArrayList<>();
        JsonNode alternatives = schema.path(field);
        for (int i = 0; i < alternatives.size(); i++) {
            parsed.add(StructuralSchema.parse(alternatives.get(i), place + "." + field + "[" + i + "]"));
        }
        return List.copyOf(parsed);
    }

    private static BigDecimal decimal(JsonNode number) {
        return number.isNumber() ? number.decimalValue() : null;
    }

    private static Long count(JsonNode number) {
        return number.isNumber() ? number.longValue() : null;
    }
}
