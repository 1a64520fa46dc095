package io.serverherd.local.patch;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Keeps {@code metadata.managedFields} true over ordinary writes: create, update and the patches that are no apply. */
public final class ManagedFields {

    private ManagedFields() {}

    /**
     * Gives the writer what it changed.
     *
     * @param live the stored object, or null on create
     * @param written the object about to be stored, defaults filled in; changed in place: its managedFields are replaced
     */
    public static void recordUpdate(MergeType type, ObjectNode live, ObjectNode written, FieldWriter writer) {}
}
