package io.serverherd.local.patch;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Server-side apply: merges what a manager wants into the live object and keeps who owns what. */
public final class ServerSideApply {

    private ServerSideApply() {}

    /**
     * The object to store, with its managedFields; neither argument is changed. When the apply changes nothing the
     * result equals the live object, the times in managedFields included, so that nothing needs to be written.
     * Default and validate the result before storing it.
     *
     * @param live the stored object, or null when there is none
     * @param config what the manager applies: only the fields it has an opinion on
     * @param force take fields from their owners instead of failing
     * @throws ApplyConflictException when others own what would change and {@code force} is not set
     * @throws PatchException when the configuration does not fit the schema
     */
    public static ObjectNode apply(
            MergeType type, ObjectNode live, ObjectNode config, FieldWriter writer, boolean force) {
        return config;
    }
}
