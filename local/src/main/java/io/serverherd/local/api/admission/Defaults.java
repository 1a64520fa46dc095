package io.serverherd.local.api.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.schema.FieldError;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Sets members that are not there. */
final class Defaults {

    private Defaults() {}

    static void text(ObjectNode object, String member, String value) {
        if (!object.hasNonNull(member)) {
            object.put(member, value);
        }
    }

    static void number(ObjectNode object, String member, int value) {
        if (!object.hasNonNull(member)) {
            object.put(member, value);
        }
    }

    static void truth(ObjectNode object, String member, boolean value) {
        if (!object.hasNonNull(member)) {
            object.put(member, value);
        }
    }

    /** The items of a list that are objects. */
    static Stream<ObjectNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast);
    }

    /**
     * A fault for each of the members that differs from the live object's.
     *
     * @param path to the object; empty: it is the whole
     */
    static List<FieldError> unchanged(ObjectNode object, ObjectNode live, String path, String... members) {
        return changed(object, live, Stream.of(members))
                .map(member -> new FieldError(
                        path.isEmpty() ? member : path + "." + member,
                        FieldError.Type.INVALID,
                        object.get(member),
                        "field is immutable"))
                .toList();
    }

    /** Those of the members that differ from the live object's. */
    static Stream<String> changed(ObjectNode object, ObjectNode live, Stream<String> members) {
        return members.filter(member -> !Objects.equals(object.get(member), live.get(member)));
    }
}
