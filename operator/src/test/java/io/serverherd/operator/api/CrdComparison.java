package io.serverherd.operator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds what of a released CRD a newer one has taken back: what users, their manifests and their programs rely on. */
final class CrdComparison {
    private static final List<String> FIXED =
            List.of("/spec/group", "/spec/scope", "/spec/names/kind", "/spec/names/plural", "/spec/names/singular");
    private static final List<String> NAMES_IN_USE = List.of("/spec/names/shortNames", "/spec/names/categories");

    private final List<String> breaks = new ArrayList<>();

    private CrdComparison() {}

    /** One line for each break, such as {@code v1alpha1 spec.edges[].a: maxLength was 32, is 16}. */
    static List<String> breaks(JsonNode released, JsonNode now) {
        CrdComparison comparison = new CrdComparison();
        comparison.compare(released, now);
        return List.copyOf(comparison.breaks);
    }

    private void compare(JsonNode released, JsonNode now) {
        for (String pointer : FIXED) {
            if (!released.at(pointer).equals(now.at(pointer))) {
                breaks.add(field(pointer) + ": was " + released.at(pointer) + ", is " + now.at(pointer));
            }
        }
        NAMES_IN_USE.forEach(pointer -> keepAll(field(pointer), released.at(pointer), now.at(pointer)));
        for (JsonNode version : released.at("/spec/versions")) {
            compareVersion(version, version(now, version.path("name").asText()));
        }
    }

    private void compareVersion(JsonNode was, JsonNode is) {
        String name = was.path("name").asText();
        if (is.isMissingNode()) {
            breaks.add(name + ": removed");
            return;
        }
        if (was.path("served").asBoolean() && !is.path("served").asBoolean()) {
            breaks.add(name + ": is no longer served");
        }
        was.path("subresources").properties().forEach(subresource -> {
            JsonNode left = is.path("subresources").path(subresource.getKey());
            if (!left.equals(subresource.getValue())) {
                breaks.add(name + " subresources." + subresource.getKey() + ": was " + subresource.getValue() + ", is "
                        + (left.isMissingNode() ? "absent" : left));
            }
        });
        keepAll(name + " selectableFields", was.path("selectableFields"), is.path("selectableFields"));
        SchemaComparison.breaks(was.at("/schema/openAPIV3Schema"), is.at("/schema/openAPIV3Schema"))
                .forEach(line -> breaks.add(name + " " + line));
    }

    private void keepAll(String what, JsonNode released, JsonNode now) {
        Set<JsonNode> left = new HashSet<>();
        now.forEach(left::add);
        released.forEach(element -> {
            if (!left.contains(element)) {
                breaks.add(what + ": has lost " + element);
            }
        });
    }

    private static JsonNode version(JsonNode definition, String name) {
        for (JsonNode version : definition.at("/spec/versions")) {
            if (version.path("name").asText().equals(name)) {
                return version;
            }
        }
        return definition.path("no such version");
    }

    /** {@code /spec/names/kind} → {@code names.kind}. */
    private static String field(String pointer) {
        return pointer.substring("/spec/".length()).replace('/', '.');
    }
}
