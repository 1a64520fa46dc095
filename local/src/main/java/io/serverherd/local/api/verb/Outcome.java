package io.serverherd.local.api.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a verb did.
 *
 * @param code 200 or 201
 * @param object in its served form, or a Status
 * @param warnings texts for the user
 */
public record Outcome(int code, ObjectNode object, List<String> warnings) {

    static Outcome ok(ObjectNode object) {
        return new Outcome(200, object, List.of());
    }
}
