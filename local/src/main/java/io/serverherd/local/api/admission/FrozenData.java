package io.serverherd.local.api.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.schema.FieldError;
import java.util.List;
import java.util.stream.Stream;

/** What a ConfigMap or a Secret with {@code immutable: true} keeps until it is deleted. */
final class FrozenData {
    private FrozenData() {}

    /**
     * @param live the stored object, or null on create
     * @param members those that hold data
     */
    static List<FieldError> changes(ObjectNode object, ObjectNode live, String... members) {
        return live == null || !live.path("immutable").asBoolean()
                ? List.of()
                : Defaults.changed(object, live, Stream.concat(Stream.of("immutable"), Stream.of(members)))
                        .map(member -> new FieldError(
                                member, FieldError.Type.FORBIDDEN, null, "field is immutable when `immutable` is set"))
                        .toList();
    }
}
