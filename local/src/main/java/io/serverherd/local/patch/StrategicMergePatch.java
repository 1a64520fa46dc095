package io.serverherd.local.patch;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Strategic merge patch: a merge patch that merges lists by the keys of their items; built-in kinds only. */
public final class StrategicMergePatch {

    private StrategicMergePatch() {}

    /**
     * The patched object; neither argument is changed.
     *
     * @throws PatchException BAD_REQUEST when a directive is malformed or an item lacks its merge key
     */
    public static ObjectNode apply(MergeType type, ObjectNode live, ObjectNode patch) {
        return live;
    }
}
