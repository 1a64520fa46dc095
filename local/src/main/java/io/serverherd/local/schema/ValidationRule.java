package io.serverherd.local.schema;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One CEL rule of a definition.
 *
 * @param place where the definition has it, for messages
 * @param messageExpression a rule that makes the message, or null
 * @param fieldPath the field to blame, relative to the rule's own, such as {@code .transport}; or null
 * @param reason what kind of fault a refusal is
 * @param optionalOldSelf the rule also runs on create
 */
public record ValidationRule(
        String place,
        String rule,
        String message,
        String messageExpression,
        String fieldPath,
        FieldError.Type reason,
        boolean optionalOldSelf) {

    static ValidationRule parse(JsonNode rule, String place) {
        String text = StructuralSchema.text(rule, "rule");
        if (text == null || text.isBlank()) {
            throw new InvalidSchemaException(place + ".rule: Required value: rule is not specified");
        }
        return new ValidationRule(
                place,
                text,
                StructuralSchema.text(rule, "message"),
                StructuralSchema.text(rule, "messageExpression"),
                StructuralSchema.text(rule, "fieldPath"),
                reason(rule.path("reason"), place),
                rule.path("optionalOldSelf").asBoolean());
    }

    /** The rule as an error message names it: by its own message if it has one. */
    String inWords() {
        return message != null && !message.isEmpty() ? message.strip() : rule.strip();
    }

    private static FieldError.Type reason(JsonNode reason, String place) {
        if (reason.isMissingNode()) {
            return FieldError.Type.INVALID;
        }
        return switch (reason.asText()) {
            case "FieldValueInvalid" -> FieldError.Type.INVALID;
            case "FieldValueForbidden" -> FieldError.Type.FORBIDDEN;
            case "FieldValueRequired" -> FieldError.Type.REQUIRED;
            case "FieldValueDuplicate" -> FieldError.Type.DUPLICATE;
            default ->
                throw new InvalidSchemaException(place + ".reason: Unsupported value: \"" + reason.asText()
                        + "\": supported values: \"FieldValueRequired\", \"FieldValueForbidden\", \"FieldValueInvalid\","
                        + " \"FieldValueDuplicate\"");
        };
    }
}
