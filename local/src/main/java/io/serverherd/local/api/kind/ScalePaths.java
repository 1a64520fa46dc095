package io.serverherd.local.api.kind;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Where a kind keeps what its scale subresource shows.
 *
 * @param selector a selector as text; empty when the kind has none
 */
public record ScalePaths(JsonPointer specReplicas, JsonPointer statusReplicas, Optional<JsonPointer> selector) {

    static final ScalePaths OF_WORKLOADS = new ScalePaths(
            JsonPointer.compile("/spec/replicas"), JsonPointer.compile("/status/replicas"), Optional.empty());

    /** @param scale {@code subresources.scale} of a definition */
    static ScalePaths of(JsonNode scale) {
        return new ScalePaths(
                pointer(scale.path("specReplicasPath").asText()),
                pointer(scale.path("statusReplicasPath").asText()),
                Optional.ofNullable(scale.get("labelSelectorPath"))
                        .map(JsonNode::asText)
                        .map(ScalePaths::pointer));
    }

    /** Paths of definitions are simple: dots between names, no lists. */
    private static JsonPointer pointer(String jsonPath) {
        return JsonPointer.compile(jsonPath.replace('.', '/'));
    }
}
