package io.serverherd.operator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Turns the CRD's schema into the page of all fields: one row for each, in the words of {@code kubectl explain}. */
final class ReferencePage {
    private static final String HEADER = """
            <!-- Generated from the CRD by `make generate`; do not edit. -->
            # All fields of a ServerHerd

            As `kubectl explain herd.spec --recursive` tells them, too. Only `servers` is required. `[]` stands for each entry
            of a list. What is not said is not written anywhere: the operator knows what it means.

            """;

    private final StringBuilder page = new StringBuilder(HEADER);

    private ReferencePage() {}

    static String of(JsonNode crd) {
        ReferencePage reference = new ReferencePage();
        JsonNode schema = crd.at("/spec/versions/0/schema/openAPIV3Schema");
        reference.section("spec", schema.at("/properties/spec"));
        reference.rules(schema);
        reference.section("status", schema.at("/properties/status"));
        return reference.page.toString().stripTrailing() + "\n";
    }

    private void section(String name, JsonNode schema) {
        page.append("## ").append(name).append("\n| field | value | meaning |\n|---|---|---|\n");
        rows("", schema);
        page.append('\n');
    }

    private void rows(String path, JsonNode schema) {
        new TreeMap<>(schema.path("properties").properties().stream()
                        .collect(Collectors.toMap(property -> property.getKey(), property -> property.getValue())))
                .forEach((name, property) -> {
                    row(path + name, property, required(schema, name));
                    if (path.equals("servers[].") && name.equals("pod")) {
                        // The same settings as the herd's: the page says them once.
                        return;
                    }
                    rows(path + name + ".", property);
                    rows(path + name + "[].", property.path("items"));
                });
    }

    private void row(String path, JsonNode schema, boolean required) {
        String value = value(schema) + (required ? "; required" : "");
        page.append("| `%s` | %s | %s |\n"
                .formatted(path, cell(value), cell(schema.path("description").asText())));
    }

    private static boolean required(JsonNode schema, String name) {
        return StreamSupport.stream(schema.path("required").spliterator(), false)
                .anyMatch(one -> one.asText().equals(name));
    }

    private static String value(JsonNode schema) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            return "amount";
        }
        if (schema.has("enum")) {
            return StreamSupport.stream(schema.path("enum").spliterator(), false)
                    .map(one -> "`" + one.asText() + "`")
                    .collect(Collectors.joining(", "));
        }
        return switch (schema.path("type").asText()) {
            case "array" -> "list" + range(schema, "minItems", "maxItems", " of ", "");
            case "object" ->
                schema.has("additionalProperties")
                        ? "map" + range(schema, "minProperties", "maxProperties", " of ", "") + " to "
                                + value(schema.path("additionalProperties"))
                        : "object";
            case "integer" -> "number" + range(schema, "minimum", "maximum", " ", "");
            case "boolean" -> "`true`, `false`";
            default -> "text" + range(schema, "minLength", "maxLength", " of ", " characters");
        };
    }

    private static String range(JsonNode schema, String least, String most, String before, String after) {
        if (!schema.has(most)) {
            return schema.has(least) ? before + "at least " + schema.path(least).asLong() + after : "";
        }
        String from = schema.has(least) ? schema.path(least).asLong() + "–" : "up to ";
        return before + from + schema.path(most).asLong() + after;
    }

    /** The messages of rules that look at more than one value. */
    private void rules(JsonNode schema) {
        List<String> messages = new ArrayList<>();
        collect(schema, messages);
        page.append("**Refused besides** what is out of these bounds:\n\n");
        messages.stream()
                .distinct()
                .forEach(message -> page.append("- ").append(message).append('\n'));
        page.append('\n');
    }

    private static void collect(JsonNode node, List<String> messages) {
        node.path("x-kubernetes-validations")
                .forEach(rule -> messages.add(rule.path("message").asText()));
        node.path("properties").forEach(property -> collect(property, messages));
        if (node.has("items")) {
            collect(node.path("items"), messages);
        }
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
