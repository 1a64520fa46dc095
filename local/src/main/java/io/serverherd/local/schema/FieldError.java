package io.serverherd.local.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Objects;

/**
 * One thing wrong with one field, worded as an API server words it.
 *
 * @param path where: {@code spec.servers[2].name}, empty for the whole object
 * @param type what kind of fault
 * @param badValue the value found; null where the wording shows none
 * @param detail what is wrong with it, possibly empty
 */
public record FieldError(String path, Type type, JsonNode badValue, String detail) {

    /** The kinds of fault, each with the reason that a Status cause carries and the words its message starts with. */
    public enum Type {
        REQUIRED("FieldValueRequired", "Required value"),
        INVALID("FieldValueInvalid", "Invalid value"),
        TYPE_INVALID("FieldValueTypeInvalid", "Invalid value"),
        NOT_SUPPORTED("FieldValueNotSupported", "Unsupported value"),
        DUPLICATE("FieldValueDuplicate", "Duplicate value"),
        FORBIDDEN("FieldValueForbidden", "Forbidden"),
        TOO_LONG("FieldValueTooLong", "Too long"),
        TOO_MANY("FieldValueTooMany", "Too many");

        private final String reason;
        private final String words;

        Type(String reason, String words) {
            this.reason = reason;
            this.words = words;
        }

        public String reason() {
            return reason;
        }
    }

    public FieldError {
        Objects.requireNonNull(path);
        Objects.requireNonNull(type);
        Objects.requireNonNull(detail);
    }

    static FieldError required(String path) {
        return new FieldError(path, Type.REQUIRED, null, "");
    }

    static FieldError invalid(String path, JsonNode value, String detail) {
        return new FieldError(path, Type.INVALID, value, detail);
    }

    static FieldError invalid(String path, String value, String detail) {
        return invalid(path, JsonNodeFactory.instance.textNode(value), detail);
    }

    /** {@code found} is the name of the type found, which stands for the value. */
    static FieldError wrongType(String path, String expected, String found) {
        return new FieldError(
                path,
                Type.TYPE_INVALID,
                JsonNodeFactory.instance.textNode(found),
                path + " in body must be of type " + expected + ": \"" + found + "\"");
    }

    static FieldError duplicate(String path, JsonNode value) {
        return new FieldError(path, Type.DUPLICATE, value, "");
    }

    static FieldError tooMany(String path, int size, long limit) {
        return new FieldError(
                path,
                Type.TOO_MANY,
                JsonNodeFactory.instance.numberNode(size),
                "must have at most " + limit + (limit == 1 ? " item" : " items"));
    }

    static FieldError tooLong(String path, long limit) {
        return new FieldError(
                path, Type.TOO_LONG, null, "may not be more than " + limit + (limit == 1 ? " byte" : " bytes"));
    }

    /** The path as a Status cause names it. */
    public String field() {
        return path.isEmpty() ? "<nil>" : path;
    }

    /** The fault without its place, as in the message of a Status cause. */
    public String body() {
        StringBuilder text = new StringBuilder(type.words);
        if (badValue != null) {
            text.append(": ").append(badValue);
        }
        if (!detail.isEmpty()) {
            text.append(": ").append(detail);
        }
        return text.toString();
    }

    /** {@code spec.servers: Required value}. */
    public String message() {
        return field() + ": " + body();
    }

    /** The faults as one sentence: a single one as it is, several in brackets, equal ones once. */
    public static String summary(List<FieldError> errors) {
        List<String> messages =
                errors.stream().map(FieldError::message).distinct().toList();
        return messages.size() == 1 ? messages.get(0) : "[" + String.join(", ", messages) + "]";
    }
}
