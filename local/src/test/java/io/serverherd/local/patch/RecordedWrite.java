package io.serverherd.local.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.schema.JsonEquality;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A write that was sent to a Kubernetes 1.34 API server, and its answer.
 *
 * @param verb create, update, apply, merge, json or strategic
 * @param live what was stored before, or null
 * @param answer has {@code result} and {@code unchanged}, or {@code error}
 */
record RecordedWrite(String name, String verb, ObjectNode live, JsonNode body, JsonNode answer) {

    /** After all recordings: the writer of a test is the latest. */
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00.5Z");

    /** A file lists the state before a write only where it is not the result of the write before it. */
    static Stream<RecordedWrite> in(String file) {
        List<RecordedWrite> writes = new ArrayList<>();
        JsonNode live = null;
        for (JsonNode write : read(file)) {
            live = write.has("live") ? write.get("live") : live;
            boolean none = live == null || live.isNull();
            writes.add(new RecordedWrite(
                    write.get("name").asText(),
                    write.get("verb").asText(),
                    none ? null : (ObjectNode) live,
                    write.get("body"),
                    write));
            live = write.has("result") ? write.get("result") : live;
        }
        return writes.stream();
    }

    boolean succeeded() {
        return answer.has("result");
    }

    ObjectNode result() {
        return (ObjectNode) answer.get("result");
    }

    String errorMessage() {
        return answer.at("/error/message").asText();
    }

    boolean forces() {
        return answer.path("force").asBoolean();
    }

    FieldWriter writer() {
        String manager = answer.get("manager").asText();
        ObjectNode object = live == null ? (ObjectNode) body : live;
        String apiVersion = object.get("apiVersion").asText();
        return answer.path("subresource").asText().equals("status")
                ? FieldWriter.ofStatus(manager, apiVersion, NOW)
                : FieldWriter.ofObject(manager, apiVersion, true, NOW);
    }

    /** The body without what the door does not write, as a server resets it before it stores an object. */
    ObjectNode stored(ObjectNode written) {
        ObjectNode stored = written.deepCopy();
        if (answer.path("subresource").asText().equals("status")) {
            ObjectNode kept = live.deepCopy();
            kept.remove("status");
            if (written.has("status")) {
                kept.set("status", written.get("status"));
            }
            ((ObjectNode) kept.get("metadata"))
                    .set("managedFields", written.at("/metadata/managedFields").deepCopy());
            return kept;
        }
        stored.remove("status");
        if (live != null && live.has("status")) {
            stored.set("status", live.get("status"));
        }
        return stored;
    }

    /** Who owns what: entries of managedFields without their times, hence without their order. */
    static Set<JsonNode> ownership(JsonNode object) {
        Set<JsonNode> entries = new HashSet<>();
        object.at("/metadata/managedFields").forEach(entry -> {
            ObjectNode timeless = entry.deepCopy();
            timeless.remove("time");
            entries.add(timeless);
        });
        return entries;
    }

    static ObjectNode withoutOwnership(ObjectNode object) {
        return ObjectIdentity.withoutManagedFields(object);
    }

    /** Every leaf of the part is in the whole with the same value. */
    static boolean isPartOf(JsonNode part, JsonNode whole) {
        if (part.isObject() && whole != null && whole.isObject()) {
            return part.properties().stream().allMatch(field -> isPartOf(field.getValue(), whole.get(field.getKey())));
        }
        if (part.isArray() && whole != null && whole.isArray() && part.size() == whole.size()) {
            for (int i = 0; i < part.size(); i++) {
                if (!isPartOf(part.get(i), whole.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return JsonEquality.equal(part, whole);
    }

    @Override
    public String toString() {
        return name;
    }

    private static JsonNode read(String file) {
        try (InputStream in = RecordedWrite.class.getResourceAsStream("/patch/" + file)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
