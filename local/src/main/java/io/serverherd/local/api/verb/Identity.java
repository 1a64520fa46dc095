package io.serverherd.local.api.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.kind.ResourceType;

/** What an object says of itself must be what the URL says of it. */
final class Identity {

    private Identity() {}

    /** Writes the URL's kind, namespace and name into the object; refuses an object that says otherwise. */
    static void impose(Target target, ObjectNode object) {
        ResourceType type = target.type();
        String apiVersion = object.path("apiVersion").asText("");
        String kind = object.path("kind").asText("");
        if (!apiVersion.isEmpty() && !apiVersion.equals(type.apiVersion())) {
            throw ApiException.badRequest(
                    "the API version in the data (%s) does not match the expected API version (%s)"
                            .formatted(apiVersion, type.apiVersion()));
        }
        if (!kind.isEmpty() && !kind.equals(type.kind())) {
            throw ApiException.badRequest(
                    "the kind in the data (%s) does not match the expected kind (%s)".formatted(kind, type.kind()));
        }
        object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        ObjectNode metadata = Metadata.of(object);
        String name = metadata.path("name").asText("");
        if (!target.name().isEmpty() && !name.isEmpty() && !name.equals(target.name())) {
            throw ApiException.badRequest("the name of the object (%s) does not match the name on the URL (%s)"
                    .formatted(name, target.name()));
        }
        if (!target.name().isEmpty()) {
            metadata.put("name", target.name());
        }
        imposeNamespace(target, metadata);
    }

    private static void imposeNamespace(Target target, ObjectNode metadata) {
        if (!target.type().namespaced()) {
            metadata.remove("namespace");
            return;
        }
        String namespace = metadata.path("namespace").asText("");
        if (!namespace.isEmpty() && !namespace.equals(target.namespace())) {
            throw ApiException.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the" + " request");
        }
        metadata.put("namespace", target.namespace());
    }
}
