package io.serverherd.operator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoublePredicate;
import java.util.regex.Pattern;

/**
 * Finds where one schema of a custom resource takes less than an older one, means something else, or has lost a field: what a
 * manifest, a stored object or a program that was right before may stumble over. What cannot be compared, such as two
 * patterns, counts as narrowed.
 */
final class SchemaComparison {
    private static final List<String> LOWER_BOUNDS = List.of("minimum", "minLength", "minItems", "minProperties");
    private static final List<String> UPPER_BOUNDS = List.of("maximum", "maxLength", "maxItems", "maxProperties");
    /** May go, for that widens, but neither come nor change. */
    private static final List<String> ONLY_REMOVABLE = List.of(
            "pattern", "format", "multipleOf", "allOf", "anyOf", "oneOf", "not", "x-kubernetes-embedded-resource");
    /** May come, for that widens, but neither go nor change. */
    private static final List<String> ONLY_ADDABLE =
            List.of("nullable", "x-kubernetes-int-or-string", "x-kubernetes-preserve-unknown-fields");
    /** Another one is another meaning, for what is written or for how two writers' lists are merged. */
    private static final List<String> FIXED =
            List.of("type", "default", "x-kubernetes-list-type", "x-kubernetes-list-map-keys", "x-kubernetes-map-type");
    /** May be turned off, not on. */
    private static final List<String> STRICT_WHEN_TRUE = List.of("exclusiveMinimum", "exclusiveMaximum", "uniqueItems");

    private static final Pattern UNLESS_SET = Pattern.compile("\\G!has\\(self\\.([\\w.]+)\\)\\s*\\|\\|\\s*");

    private final List<String> breaks = new ArrayList<>();

    private SchemaComparison() {}

    /** One line for each break, such as {@code spec.edges[].a: maxLength was 32, is 16}. */
    static List<String> breaks(JsonNode released, JsonNode now) {
        SchemaComparison comparison = new SchemaComparison();
        comparison.compare("", released, now);
        return List.copyOf(comparison.breaks);
    }

    private void compare(String path, JsonNode was, JsonNode is) {
        FIXED.forEach(key -> refuse(path, key, was, is, !was.path(key).equals(is.path(key))));
        LOWER_BOUNDS.forEach(key -> bound(path, key, was, is, difference -> difference > 0));
        UPPER_BOUNDS.forEach(key -> bound(path, key, was, is, difference -> difference < 0));
        ONLY_REMOVABLE.forEach(
                key -> refuse(path, key, was, is, is.has(key) && !was.path(key).equals(is.path(key))));
        ONLY_ADDABLE.forEach(key -> refuse(
                path, key, was, is, was.path(key).asBoolean() && !was.path(key).equals(is.path(key))));
        STRICT_WHEN_TRUE.forEach(key -> refuse(
                path, key, was, is, is.path(key).asBoolean() && !was.path(key).asBoolean()));
        enumeration(path, was, is);
        rules(path, was, is);
        properties(path, was, is);
        entries(path + "[]", was.path("items"), is.path("items"));
        entries(path + "{}", was.path("additionalProperties"), is.path("additionalProperties"));
    }

    private void bound(String path, String key, JsonNode was, JsonNode is, DoublePredicate narrower) {
        boolean narrowed = is.has(key)
                && (!was.has(key)
                        || narrower.test(is.path(key).asDouble() - was.path(key).asDouble()));
        refuse(path, key, was, is, narrowed);
    }

    private void refuse(String path, String key, JsonNode was, JsonNode is, boolean narrowed) {
        if (narrowed) {
            say(path, key + " was " + said(was.path(key)) + ", is " + said(is.path(key)));
        }
    }

    private void enumeration(String path, JsonNode was, JsonNode is) {
        if (!is.has("enum")) {
            return;
        }
        if (!was.has("enum")) {
            say(path, "enum was absent, is " + is.path("enum"));
            return;
        }
        Set<String> left = texts(is.path("enum"));
        for (String value : texts(was.path("enum"))) {
            if (!left.contains(value)) {
                say(path, "enum has lost " + value);
            }
        }
    }

    /** A rule that speaks only of a field the older schema does not have refuses nothing that was right before. */
    private void rules(String path, JsonNode was, JsonNode is) {
        Set<String> known = new HashSet<>();
        was.path("x-kubernetes-validations")
                .forEach(rule -> known.add(rule.path("rule").asText()));
        for (JsonNode entry : is.path("x-kubernetes-validations")) {
            String rule = entry.path("rule").asText();
            boolean ofANewField = UNLESS_SET.matcher(rule).results().anyMatch(unless -> !has(unless.group(1), was));
            if (!known.contains(rule) && !ofANewField) {
                say(path, "new rule " + rule);
            }
        }
    }

    /** @param field such as {@code places.api} */
    private static boolean has(String field, JsonNode schema) {
        JsonNode at = schema;
        for (String name : field.split("\\.")) {
            at = at.path("properties").path(name);
        }
        return !at.isMissingNode();
    }

    private void properties(String path, JsonNode was, JsonNode is) {
        JsonNode before = was.path("properties");
        JsonNode after = is.path("properties");
        before.properties().forEach(field -> {
            String at = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            if (after.has(field.getKey())) {
                compare(at, field.getValue(), after.path(field.getKey()));
            } else {
                say(at, "removed");
            }
        });
        Set<String> required = texts(is.path("required"));
        required.removeAll(texts(was.path("required")));
        for (String name : required) {
            if (!after.path(name).has("default")) {
                say(path.isEmpty() ? name : path + "." + name, "was optional, is required");
            }
        }
    }

    private void entries(String path, JsonNode was, JsonNode is) {
        if (was.isObject() && is.isObject()) {
            compare(path, was, is);
        } else if (!was.isMissingNode() && !was.equals(is)) {
            say(path, "was " + said(was) + ", is " + said(is));
        }
    }

    private void say(String path, String what) {
        breaks.add((path.isEmpty() ? "" : path + ": ") + what);
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new TreeSet<>();
        list.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    private static String said(JsonNode value) {
        return value.isMissingNode() ? "absent" : value.toString();
    }
}
