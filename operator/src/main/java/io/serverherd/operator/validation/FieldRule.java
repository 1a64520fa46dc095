package io.serverherd.operator.validation;

import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Quantity;
import io.serverherd.operator.api.OneOf;
import io.serverherd.operator.api.ServerHerdSpec;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What one value must be, in the words of the API server.
 *
 * @param size       of a text in characters, of a list or map in entries
 * @param oneOf      empty: any
 * @param ofElements of a list's elements or a map's values; null where the value has none
 */
record FieldRule(
        boolean required,
        Optional<Size> size,
        Optional<Min> min,
        Optional<Max> max,
        Optional<Pattern> pattern,
        List<String> oneOf,
        FieldRule ofElements) {
    private static final Pattern AMOUNT = Pattern.compile(ServerHerdSpec.QUANTITY_PATTERN);

    /** A record's component: its name, its rule and how to read it. */
    record Field(String name, FieldRule rule, Method accessor) {

        static Field of(RecordComponent component) {
            return new Field(
                    component.getName(),
                    FieldRule.of(component.getAccessor(), component.getAnnotatedType()),
                    component.getAccessor());
        }

        Object of(Record owner) {
            try {
                return accessor.invoke(owner);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the resource's records and their components are public", e);
            }
        }
    }

    private static FieldRule of(AnnotatedElement field, AnnotatedType type) {
        OneOf oneOf = field.getAnnotation(OneOf.class);
        return new FieldRule(
                field.isAnnotationPresent(Required.class),
                Optional.ofNullable(field.getAnnotation(Size.class)),
                Optional.ofNullable(field.getAnnotation(Min.class)),
                Optional.ofNullable(field.getAnnotation(Max.class)),
                Optional.ofNullable(field.getAnnotation(io.fabric8.generator.annotation.Pattern.class))
                        .map(pattern -> Pattern.compile(pattern.value())),
                oneOf == null ? List.of() : List.of(oneOf.value()),
                ofElements(type));
    }

    /** The last type argument: a list's only one, a map's second. */
    private static FieldRule ofElements(AnnotatedType type) {
        if (!(type instanceof AnnotatedParameterizedType generic)) {
            return null;
        }
        AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
        AnnotatedType last = arguments[arguments.length - 1];
        return of(last, last);
    }

    /** @param value null: not said */
    Optional<String> problemWith(Object value) {
        if (value == null) {
            return required ? Optional.of("Required value") : Optional.empty();
        }
        if (value instanceof String text) {
            return ofText(text);
        }
        if (value instanceof Number number) {
            return ofNumber(number);
        }
        if (value instanceof Quantity quantity) {
            return ofAmount(quantity.toString());
        }
        if (value instanceof Collection<?> list) {
            return ofCount(list.size(), "items");
        }
        return value instanceof Map<?, ?> map ? ofCount(map.size(), "properties") : Optional.empty();
    }

    private Optional<String> ofText(String text) {
        long length = text.codePointCount(0, text.length());
        if (length > most()) {
            return Optional.of("Too long: may not be more than " + most() + " characters");
        }
        if (length < least()) {
            return Optional.of("should be at least " + least() + " characters long");
        }
        if (pattern.isPresent() && !pattern.get().matcher(text).matches()) {
            return Optional.of("\"" + text + "\" should match '" + pattern.get() + "'");
        }
        return oneOf.isEmpty() || oneOf.contains(text)
                ? Optional.empty()
                : Optional.of("Unsupported value: \"" + text + "\": supported values: "
                        + String.join(
                                ", ",
                                oneOf.stream().map(one -> "\"" + one + "\"").toList()));
    }

    private static Optional<String> ofAmount(String amount) {
        return AMOUNT.matcher(amount).matches()
                ? Optional.empty()
                : Optional.of("\"" + amount + "\" should match '" + AMOUNT + "'");
    }

    private Optional<String> ofNumber(Number number) {
        if (min.isPresent() && number.doubleValue() < min.get().value()) {
            return Optional.of(number + " should be greater than or equal to "
                    + whole(min.get().value()));
        }
        return max.isPresent() && number.doubleValue() > max.get().value()
                ? Optional.of(number + " should be less than or equal to "
                        + whole(max.get().value()))
                : Optional.empty();
    }

    private Optional<String> ofCount(int count, String what) {
        if (count > most()) {
            return Optional.of("Too many: " + count + ": must have at most " + most() + " " + what);
        }
        return count < least() ? Optional.of("should have at least " + least() + " " + what) : Optional.empty();
    }

    private long least() {
        return size.map(Size::min).orElse(0L);
    }

    private long most() {
        return size.map(Size::max).orElse(Long.MAX_VALUE);
    }

    private static long whole(double bound) {
        return (long) bound;
    }
}
