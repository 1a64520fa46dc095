package io.serverherd.local.schema;

import java.util.Set;

/** The fields of {@code metadata} that exist for every object; no definition lists them. */
final class ObjectMetaFields {

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
}
