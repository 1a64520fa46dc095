package io.serverherd.local.patch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks that an applied configuration can be owned: its fields are known and the items of its lists told apart. */
final class AppliedTypes {

    private final List<String> faults = new ArrayList<>();

    private AppliedTypes() {}

    /** @throws PatchException naming the object and every fault in it */
    static void check(MergeType type, JsonNode config) {
        AppliedTypes check = new AppliedTypes();
        check.value(type, config, "");
        if (check.faults.isEmpty()) {
            return;
        }
        JsonNode metadata = config.path("metadata");
        String faults =
                check.faults.size() == 1 ? check.faults.get(0) : "errors:\n  " + String.join("\n  ", check.faults);
        throw new PatchException(
                PatchException.Reason.INTERNAL,
                "failed to create typed patch object ("
                        + metadata.path("namespace").asText() + "/"
                        + metadata.path("name").asText() + "; "
                        + config.path("apiVersion").asText() + ", Kind="
                        + config.path("kind").asText() + "): " + faults);
    }

    private void value(MergeType type, JsonNode value, String path) {
        if (type.shape() != null && !value.isNull() && !type.shape().equals(shapeOf(value))) {
            String expected = type.shape().equals("numeric") ? "numeric (int or float)" : type.shape();
            faults.add(path + ": expected " + expected + ", got " + shapeOf(value));
            return;
        }
        if (OwnedFields.isLeaf(type, value)) {
            return;
        }
        if (value.isObject()) {
            value.properties().forEach(field -> {
                String fieldPath = path + "." + field.getKey();
                MergeType fieldType = type.field(field.getKey());
                if (fieldType == null) {
                    faults.add(fieldPath + ": field not declared in schema");
                } else {
                    value(fieldType, field.getValue(), fieldPath);
                }
            });
            return;
        }
        Set<PathElement> seen = new HashSet<>();
        for (int i = 0; i < value.size(); i++) {
            try {
                PathElement identity = ListItems.identity(type, value.get(i));
                if (!seen.add(identity)) {
                    faults.add(path + ": duplicate entries for key " + identity);
                }
                value(type.items(), value.get(i), path + identity);
            } catch (IllegalArgumentException e) {
                faults.add(path + ": element " + i + ": " + e.getMessage());
            }
        }
    }

    private static String shapeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "map";
            case ARRAY -> "list";
            case NUMBER -> "numeric";
            case BOOLEAN -> "boolean";
            default -> "string";
        };
    }
}
