package io.serverherd.local.api.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.json.Json;

/** A namespace holds its own end back until its objects are gone. */
final class NamespaceRules implements KindRules {

    @Override
    public void complete(ObjectNode namespace, ObjectNode live) {
        ObjectNode metadata = Json.child(namespace, "metadata");
        Json.child(metadata, "labels")
                .put("kubernetes.io/metadata.name", metadata.path("name").asText());
        if (live == null) {
            Json.child(namespace, "spec").putArray("finalizers").add("kubernetes");
            Json.child(namespace, "status").put("phase", "Active");
        }
    }
}
