package io.serverherd.local.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/** The fields that say which object this is, in which version; the API sets them, nobody owns them. */
final class ObjectIdentity {

    static final FieldSet NEVER_OWNED = Stream.concat(
                    Stream.of("apiVersion", "kind", "metadata").map(FieldSet::of),
                    Stream.of(
                                    "name",
                                    "namespace",
                                    "creationTimestamp",
                                    "selfLink",
                                    "uid",
                                    "clusterName",
                                    "generation",
                                    "managedFields",
                                    "resourceVersion")
                            .map(field -> FieldSet.of("metadata", field)))
            .reduce(FieldSet.EMPTY, FieldSet::union);

    private ObjectIdentity() {}

    /** An object that is nothing but named. */
    static ObjectNode of(JsonNode object) {
        ObjectNode named = JsonNodeFactory.instance.objectNode();
        for (String field : List.of("apiVersion", "kind")) {
            if (object.has(field)) {
                named.set(field, object.get(field));
            }
        }
        ObjectNode metadata = named.putObject("metadata");
        for (String field : List.of("name", "namespace")) {
            if (object.path("metadata").has(field)) {
                metadata.set(field, object.path("metadata").get(field));
            }
        }
        return named;
    }

    static ObjectNode withoutManagedFields(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        if (copy.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        return copy;
    }

    static ObjectNode withoutVersion(ObjectNode object) {
        ObjectNode copy = withoutManagedFields(object);
        if (copy.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(List.of("resourceVersion", "uid", "creationTimestamp", "generation", "selfLink"));
        }
        return copy;
    }
}
