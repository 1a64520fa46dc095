package io.serverherd.local.schema;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One compiled rule.
 *
 * @param messageProgram makes the message, or null
 * @param isTransition compares with the old value
 * @param valueType what stands for the value in a refusal: the type of the schema
 */
record CelRule(
        ValidationRule rule,
        CelRuntime.Program program,
        CelRuntime.Program messageProgram,
        boolean isTransition,
        String valueType) {

    private static final Pattern MISSING_KEY = Pattern.compile("key '([^']*)' is not present in map");

    /**
     * @param self the value, as rules see it
     * @param oldSelf the old value, or null when there is none to compare with
     * @return the refusal, if it is one; a rule that fails to run refuses
     */
    Optional<FieldError> check(Object self, Object oldSelf, String path) {
        if (isTransition && oldSelf == null && !rule.optionalOldSelf()) {
            return Optional.empty();
        }
        Map<String, Object> variables = new HashMap<>();
        variables.put("self", self);
        if (rule.optionalOldSelf()) {
            variables.put("oldSelf", Optional.ofNullable(oldSelf));
        } else if (oldSelf != null) {
            variables.put("oldSelf", oldSelf);
        }
        try {
            if (Boolean.TRUE.equals(program.eval(variables))) {
                return Optional.empty();
            }
        } catch (CelEvaluationException e) {
            return Optional.of(FieldError.invalid(path, valueType, inWords(e) + " evaluating rule: " + rule.inWords()));
        }
        return Optional.of(refusal(path, message(variables)));
    }

    private FieldError refusal(String path, String message) {
        String blamed = rule.fieldPath() == null ? path : path + rule.fieldPath();
        String field = blamed.startsWith(".") ? blamed.substring(1) : blamed;
        return switch (rule.reason()) {
            case DUPLICATE -> FieldError.duplicate(field, JsonNodeFactory.instance.textNode(valueType));
            case FORBIDDEN, REQUIRED -> new FieldError(field, rule.reason(), null, message);
            default -> FieldError.invalid(field, valueType, message);
        };
    }

    /** A message expression that fails, or makes no single line, gives way to the fixed message. */
    private String message(Map<String, Object> variables) {
        String fixed = rule.message() == null || rule.message().isEmpty()
                ? "failed rule: " + rule.inWords()
                : rule.message().strip();
        if (messageProgram == null) {
            return fixed;
        }
        try {
            String made = messageProgram.eval(variables) instanceof String text ? text.strip() : "";
            return made.isEmpty() || made.contains("\n") ? fixed : made;
        } catch (CelEvaluationException e) {
            return fixed;
        }
    }

    private static String inWords(CelEvaluationException e) {
        Matcher missing = MISSING_KEY.matcher(String.valueOf(e.getMessage()));
        if (e.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND && missing.find()) {
            return "no such key: " + missing.group(1);
        }
        if (e.getErrorCode() == CelErrorCode.DIVIDE_BY_ZERO) {
            return "division by zero";
        }
        return e.getMessage();
    }
}
