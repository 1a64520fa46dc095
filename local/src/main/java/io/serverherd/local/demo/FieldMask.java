package io.serverherd.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Which members of an answer are wanted: {@code places.id,places.displayName.text}, or {@code *} for all. Elements of an
 * array have the array's path.
 */
final class FieldMask {
    private final List<String> paths;

    /** @param header as it was sent */
    FieldMask(String header) {
        this.paths = List.of(header.split(","));
    }

    ObjectNode kept(ObjectNode answer) {
        return paths.contains("*") ? answer : members(answer, "");
    }

    private JsonNode kept(JsonNode node, String path) {
        if (paths.contains(path) || node.isValueNode()) {
            return node;
        }
        return node instanceof ArrayNode array ? elements(array, path) : members((ObjectNode) node, path + ".");
    }

    private ArrayNode elements(ArrayNode array, String path) {
        ArrayNode kept = array.arrayNode();
        array.forEach(element -> kept.add(kept(element, path)));
        return kept;
    }

    /** @param prefix of the members' paths */
    private ObjectNode members(ObjectNode object, String prefix) {
        ObjectNode kept = object.objectNode();
        object.properties().forEach(member -> {
            String path = prefix + member.getKey();
            if (isWanted(path)) {
                kept.set(member.getKey(), kept(member.getValue(), path));
            }
        });
        return kept;
    }

    /** As a whole, or something within it. */
    private boolean isWanted(String path) {
        return paths.stream().anyMatch(wanted -> wanted.equals(path) || wanted.startsWith(path + "."));
    }
}
