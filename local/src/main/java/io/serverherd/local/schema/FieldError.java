package io.serverherd.local.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One thing wrong with one field, worded as an API server words it.
 *
 * @param path where: {@code spec.servers[2].name}, empty for the whole object
 * @param type what kind of fault
 * @param badValue the value found, or null when the wording shows none
 * @param detail what is wrong with it, possibly empty
 */
public record FieldError(String path, Type type, JsonNode badValue, String detail) {

    /** The kinds of fault, each with the reason a Status cause carries and the words a message starts with. */
    public enum Type {
        REQUIRED("FieldValueRequired", "Required value"),
        INVALID("FieldValueInvalid", "Invalid value"),
        TYPE_INVALID("FieldValueTypeInvalid", "Invalid value"),
        NOT_SUPPORTED("FieldValueNotSupported", "Unsupported value"),
        DUPLICATE("FieldValueDuplicate", "Duplicate value"),
        FORBIDDEN("FieldValueForbidden", "Forbidden"),
        TOO_LONG("FieldValueTooLong", "Too long"),
        TOO_MANY("FieldValueTooMany", "Too many"),
        INTERNAL("InternalError", "Internal error");

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

    /** The fault without its place, as in the message of a Status cause. */
    public String body() {
        return type.words + detail;
    }

    /** {@code spec.servers: Required value}. */
    public String message() {
        return (path.isEmpty() ? "<nil>" : path) + ": " + body();
    }

    /** The faults as one sentence: a single one as it is, several in brackets, equal ones once. */
    public static String summary(List<FieldError> errors) {
        List<String> messages =
                errors.stream().map(FieldError::message).distinct().collect(Collectors.toList());
        return messages.size() == 1 ? messages.get(0) : "[" + String.join(", ", messages) + "]";
    }
}
