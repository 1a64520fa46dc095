package io.serverherd.local.schema;

import com.fasterxml.jackson.databind.JsonNode;

/** The JSON schema types of values. */
final class JsonTypes {

    /** Beyond this a double does not tell neighbouring integers apart. */
    private static final double EXACT_LIMIT = 1L << 53;

    private JsonTypes() {}

    static String nameOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, POJO -> "object";
            case ARRAY -> "array";
            case STRING, BINARY -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.canConvertToLong() && value.isIntegralNumber() ? "integer" : "number";
            case NULL, MISSING -> "null";
        };
    }

    /** 5 and 5.0 are integers, 1e30 is not. */
    static boolean isInteger(JsonNode value) {
        if (value.isIntegralNumber()) {
            return value.canConvertToLong();
        }
        double number = value.doubleValue();
        return value.isNumber() && number == Math.rint(number) && Math.abs(number) < EXACT_LIMIT;
    }
}
