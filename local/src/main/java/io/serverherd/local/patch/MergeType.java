package io.serverherd.local.patch;

import io.serverherd.local.schema.StructuralSchema;

/** How values at one place of an object are merged: the part of a schema that patches and ownership need. */
public interface MergeType {

    /** The type of a kind the API has of its own, by the table in {@code merge-types.txt}. */
    static MergeType builtIn(String apiVersion, String kind) {
        return null;
    }

    /** The type of a custom resource. */
    static MergeType of(StructuralSchema schema) {
        return null;
    }
}
