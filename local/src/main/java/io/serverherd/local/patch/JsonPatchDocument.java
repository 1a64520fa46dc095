package io.serverherd.local.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.zjsonpatch.CompatibilityFlags;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.util.EnumSet;
import java.util.Set;

/** JSON patch, RFC 6902: a list of operations that all succeed or change nothing. */
public final class JsonPatchDocument {

    /** As many operations are more than a client needs, and bound the work. */
    private static final int MOST_OPERATIONS = 10_000;

    private static final Set<String> OPERATIONS = Set.of("add", "remove", "replace", "move", "copy", "test");
    private static final EnumSet<CompatibilityFlags> STRICT =
            EnumSet.of(CompatibilityFlags.FORBID_REMOVE_MISSING_OBJECT);

    private JsonPatchDocument() {}

    /**
     * The patched value; no argument is changed.
     *
     * @throws PatchException BAD_REQUEST when this is no list of operations, INVALID when one does not fit the target
     */
    public static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!patch.isArray()) {
            throw new PatchException(
                    PatchException.Reason.BAD_REQUEST, "error decoding patch: a JSON patch is a list of operations");
        }
        if (patch.size() > MOST_OPERATIONS) {
            throw new PatchException(
                    PatchException.Reason.TOO_LARGE,
                    "The allowed maximum operations in a JSON patch is " + MOST_OPERATIONS + ", got " + patch.size());
        }
        JsonNode patched = target;
        for (int i = 0; i < patch.size(); i++) {
            patched = applyOne(patched, patch.get(i), i);
        }
        return patched;
    }

    /** One at a time, so that a message can name the operation that does not fit. */
    private static JsonNode applyOne(JsonNode target, JsonNode operation, int index) {
        String name = operation.path("op").asText();
        String inWords = "operation " + index + " (" + name + " "
                + operation.path("path").asText() + ")";
        if (!OPERATIONS.contains(name)) {
            throw invalid(inWords + ": op must be one of add, remove, replace, move, copy, test");
        }
        try {
            return JsonPatch.apply(JsonNodeFactory.instance.arrayNode().add(operation), target, STRICT);
        } catch (JsonPatchException | IllegalArgumentException e) {
            throw invalid(inWords + ": " + e.getMessage());
        }
    }

    private static PatchException invalid(String fault) {
        return new PatchException(
                PatchException.Reason.INVALID,
                "the server rejected our request due to an error in our request: " + fault);
    }
}
