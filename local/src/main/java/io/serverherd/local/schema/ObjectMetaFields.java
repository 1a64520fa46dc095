package io.serverherd.local.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** The fields of {@code metadata} that exist for every object; no definition lists them. */
public final class ObjectMetaFields {

    static final Set<String> NAMES = Set.of(
            "name",
            "generateName",
            "namespace",
            "selfLink",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "labels",
            "annotations",
            "ownerReferences",
            "finalizers",
            "managedFields");

    /** What a resource has beside the fields of its schema. */
    static final Set<String> OF_RESOURCE = Set.of("apiVersion", "kind", "metadata");

    private ObjectMetaFields() {}

    /** Takes out of an object's metadata what is null or empty: an API server does not tell that from nothing. */
    public static void dropEmpty(ObjectNode object) {
        if (object.get("metadata") instanceof ObjectNode metadata) {
            metadata.properties()
                    .removeIf(field -> field.getValue().isNull()
                            || field.getValue().isContainerNode()
                                    && field.getValue().isEmpty());
        }
    }
}
