package io.serverherd.local.patch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What {@code kubectl apply} wrote before it applied server-side: it noted its configuration in an annotation, and owns
 * those fields as an updater. Taking them over from itself is no conflict.
 */
final class LastApplied {

    private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String MANAGER = "kubectl";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private LastApplied() {}

    /** The fields that the manager may take over whoever owns them: those still as the annotation has them. */
    static FieldSet fields(MergeType type, ObjectNode live, FieldWriter writer) {
        JsonNode annotation = live.at("/metadata/annotations").path(ANNOTATION);
        if (!writer.manager().equals(MANAGER) || !annotation.isTextual()) {
            return FieldSet.EMPTY;
        }
        try {
            JsonNode config = JSON.readTree(annotation.textValue());
            if (!config.path("apiVersion").asText().equals(writer.apiVersion())) {
                return FieldSet.EMPTY;
            }
            Comparison changes = Comparison.between(type, config, live);
            return OwnedFields.of(type, config)
                    .difference(changes.modified())
                    .difference(changes.added())
                    .difference(changes.removed());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // An annotation that cannot be read takes over nothing; the conflict it leaves says who owns the fields.
            return FieldSet.EMPTY;
        }
    }

    /** Keeps an annotation that is there in step, so that a later client-side apply starts from the truth. */
    static ObjectNode renew(ObjectNode object, ObjectNode config, FieldWriter writer) {
        if (writer.manager().equals(MANAGER)
                && object.at("/metadata/annotations") instanceof ObjectNode annotations
                && annotations.has(ANNOTATION)) {
            ObjectNode noted = config.deepCopy();
            if (noted.at("/metadata/annotations") instanceof ObjectNode own) {
                own.remove(ANNOTATION);
            }
            try {
                annotations.put(ANNOTATION, JSON.writeValueAsString(JSON.treeToValue(noted, Object.class)) + "\n");
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a JSON tree cannot be written as JSON", e);
            }
        }
        return object;
    }
}
