package io.serverherd.local.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Lengths, sizes, ranges, patterns and formats of one value that has the right type. */
final class ConstraintCheck {

    private final ValueConstraints constraints;
    private final String path;
    private final List<FieldError> errors = new ArrayList<>();

    private ConstraintCheck(ValueConstraints constraints, String path) {
        this.constraints = constraints;
        this.path = path;
    }

    static List<FieldError> check(ValueConstraints constraints, JsonNode value, String path) {
        ConstraintCheck check = new ConstraintCheck(constraints, path);
        switch (value.getNodeType()) {
            case STRING -> check.string(value);
            case NUMBER -> check.number(value);
            case ARRAY -> check.size(value.size(), constraints.minItems(), constraints.maxItems(), "items");
            case OBJECT ->
                check.size(value.size(), constraints.minProperties(), constraints.maxProperties(), "properties");
            default -> {
                // nothing is asked of booleans and nulls
            }
        }
        return check.errors;
    }

    private void string(JsonNode value) {
        String text = value.textValue();
        long length = text.codePointCount(0, text.length());
        // One fault is enough for a string: what is too long seldom fits the pattern either.
        if (constraints.maxLength() != null && length > constraints.maxLength()) {
            errors.add(FieldError.tooLong(path, constraints.maxLength()));
        } else if (constraints.minLength() != null && length < constraints.minLength()) {
            invalid(value, "should be at least " + constraints.minLength() + " chars long");
        } else if (constraints.pattern() != null
                && !constraints.pattern().matcher(text).find()) {
            invalid(value, "should match '" + constraints.pattern().pattern() + "'");
        }
        if (constraints.format() != null && !StringFormats.fits(constraints.format(), text)) {
            errors.add(new FieldError(
                    path,
                    FieldError.Type.TYPE_INVALID,
                    value,
                    path + " in body must be of type " + constraints.format() + ": " + value));
        }
    }

    private void number(JsonNode value) {
        BigDecimal number = value.decimalValue();
        if (constraints.multipleOf() != null
                && number.remainder(constraints.multipleOf()).signum() != 0) {
            invalid(value, "should be a multiple of " + plain(constraints.multipleOf()));
        }
        if (constraints.maximum() != null) {
            int order = number.compareTo(constraints.maximum());
            if (order > 0 || order == 0 && constraints.exclusiveMaximum()) {
                invalid(
                        value,
                        "should be less than " + (constraints.exclusiveMaximum() ? "" : "or equal to ")
                                + plain(constraints.maximum()));
            }
        }
        if (constraints.minimum() != null) {
            int order = number.compareTo(constraints.minimum());
            if (order < 0 || order == 0 && constraints.exclusiveMinimum()) {
                invalid(
                        value,
                        "should be greater than " + (constraints.exclusiveMinimum() ? "" : "or equal to ")
                                + plain(constraints.minimum()));
            }
        }
    }

    private void size(int size, Long least, Long most, String what) {
        if (least != null && size < least) {
            invalid(JsonNodeFactory.instance.numberNode(size), "should have at least " + least + " " + what);
        }
        if (most != null && size > most) {
            errors.add(FieldError.tooMany(path, size, most));
        }
    }

    private void invalid(JsonNode value, String fault) {
        errors.add(FieldError.invalid(path, value, path + " in body " + fault));
    }

    /** 1.0 is written 1. */
    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
