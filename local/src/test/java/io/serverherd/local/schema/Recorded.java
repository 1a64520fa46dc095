package io.serverherd.local.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a Kubernetes 1.34 API server answered to an object: the causes of its refusal, the unknown fields it found in
 * strict mode, or the spec it stored.
 */
record Recorded(String name, ObjectNode object, ObjectNode old, JsonNode answer) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Recorded> answers(String file) {
        List<Recorded> answers = new ArrayList<>();
        read("/schema/" + file, JSON)
                .forEach(answer -> answers.add(new Recorded(
                        answer.get("name").asText(),
                        (ObjectNode) answer.get("object"),
                        (ObjectNode) answer.get("old"),
                        answer)));
        return answers.stream();
    }

    /** The schema of the first version of a definition. */
    static JsonNode schemaOf(String definition) {
        return read("/schema/" + definition, new YAMLMapper()).at("/spec/versions/0/schema/openAPIV3Schema");
    }

    /** {@code [reason, field, message]} of each cause; empty when the object was accepted. */
    List<List<String>> causes() {
        List<List<String>> causes = new ArrayList<>();
        answer.path("causes").forEach(cause -> {
            List<String> words = new ArrayList<>();
            cause.forEach(word -> words.add(word.asText()));
            causes.add(words);
        });
        return causes;
    }

    List<String> unknownFields() {
        List<String> fields = new ArrayList<>();
        answer.path("unknown").forEach(field -> fields.add(field.asText()));
        return fields;
    }

    @Override
    public String toString() {
        return name;
    }

    private static JsonNode read(String resource, ObjectMapper mapper) {
        try (InputStream in = Recorded.class.getResourceAsStream(resource)) {
            return mapper.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
