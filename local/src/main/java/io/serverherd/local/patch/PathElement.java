package io.serverherd.local.patch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One step of a path: into a field, or to an item of a list by its keys, its value or its index. Ordered as
 * {@code fieldsV1} lists them.
 *
 * @param value the field's name, the keys in alphabetical order, the item, or the index
 */
record PathElement(Kind kind, JsonNode value) implements Comparable<PathElement> {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How an element finds its place; the letter starts its notation in {@code fieldsV1}. */
    enum Kind {
        FIELD('f'),
        KEY('k'),
        VALUE('v'),
        INDEX('i');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }
    }

    static PathElement field(String name) {
        return new PathElement(Kind.FIELD, JsonNodeFactory.instance.textNode(name));
    }

    static PathElement key(JsonNode keys) {
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        keys.properties().forEach(key -> sorted.put(key.getKey(), canonical(key.getValue())));
        ObjectNode key = JsonNodeFactory.instance.objectNode();
        sorted.forEach(key::set);
        return new PathElement(Kind.KEY, key);
    }

    static PathElement value(JsonNode item) {
        return new PathElement(Kind.VALUE, canonical(item));
    }

    /** @throws IllegalArgumentException when the notation is none of {@code fieldsV1} */
    static PathElement parse(String notation) {
        if (notation.length() < 2 || notation.charAt(1) != ':') {
            throw new IllegalArgumentException("fieldsV1: \"" + notation + "\" is no path element");
        }
        String text = notation.substring(2);
        try {
            return switch (notation.charAt(0)) {
                case 'f' -> field(text);
                case 'k' -> key(JSON.readTree(text));
                case 'v' -> value(JSON.readTree(text));
                case 'i' -> new PathElement(Kind.INDEX, canonical(JSON.readTree(text)));
                default -> throw new IllegalArgumentException("fieldsV1: \"" + notation + "\" is no path element");
            };
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("fieldsV1: \"" + notation + "\": " + e.getOriginalMessage(), e);
        }
    }

    boolean isField() {
        return kind == Kind.FIELD;
    }

    String fieldName() {
        return value.textValue();
    }

    /** {@code f:spec}, <code>k:{"name":"A"}</code>, {@code v:"x"}, {@code i:0}. */
    String notation() {
        return kind.letter + ":" + (isField() ? fieldName() : value.toString());
    }

    /** {@code .spec}, {@code [name="A"]}, {@code [="x"]}, {@code [0]}, as conflicts name places. */
    @Override
    public String toString() {
        return switch (kind) {
            case FIELD -> "." + fieldName();
            case KEY ->
                value.properties().stream()
                        .map(key -> key.getKey() + "=" + key.getValue())
                        .collect(Collectors.joining(",", "[", "]"));
            case VALUE -> "[=" + value + "]";
            case INDEX -> "[" + value + "]";
        };
    }

    @Override
    public int compareTo(PathElement other) {
        if (kind != other.kind) {
            return kind.compareTo(other.kind);
        }
        return kind == Kind.KEY ? compareKeys(value, other.value) : compareScalars(value, other.value);
    }

    private static int compareKeys(JsonNode keys, JsonNode others) {
        var mine = keys.properties().iterator();
        var theirs = others.properties().iterator();
        while (mine.hasNext() && theirs.hasNext()) {
            var key = mine.next();
            var other = theirs.next();
            int byName = key.getKey().compareTo(other.getKey());
            int order = byName != 0 ? byName : compareScalars(key.getValue(), other.getValue());
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(mine.hasNext(), theirs.hasNext());
    }

    /** Numbers by size and before texts. */
    private static int compareScalars(JsonNode a, JsonNode b) {
        if (a.isTextual() && b.isTextual()) {
            return a.textValue().compareTo(b.textValue());
        }
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue());
        }
        if (a.isNumber() != b.isNumber()) {
            return a.isNumber() ? -1 : 1;
        }
        return a.toString().compareTo(b.toString());
    }

    /** The same number is the same node, whatever made it. */
    private static JsonNode canonical(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong()
                ? JsonNodeFactory.instance.numberNode(value.longValue())
                : value;
    }
}
