package io.serverherd.local.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;

/** Equality of JSON values: 1, 1L and 1.0 are the same number, the order of an object's members does not count. */
public final class JsonEquality {

    private static final Comparator<JsonNode> BY_VALUE = (a, b) -> {
        if (a.equals(b)) {
            return 0;
        }
        boolean sameNumber = a.isNumber() && b.isNumber() && a.decimalValue().compareTo(b.decimalValue()) == 0;
        return sameNumber ? 0 : 1;
    };

    private JsonEquality() {}

    public static boolean equal(JsonNode a, JsonNode b) {
        return a == b || a != null && b != null && a.equals(BY_VALUE, b);
    }
}
