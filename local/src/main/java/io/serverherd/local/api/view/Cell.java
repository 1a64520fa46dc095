package io.serverherd.local.api.view;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The usual contents of cells. */
final class Cell {

    static final String NONE = "<none>";

    private Cell() {}

    static Function<JsonNode, Object> age(Clock clock) {
        return timeSince("/metadata/creationTimestamp", clock);
    }

    static Function<JsonNode, Object> timeSince(String pointer, Clock clock) {
        return object -> Age.of(object.at(pointer).asText(""), clock);
    }

    /** The value there as text; something else when it is absent or empty. */
    static Function<JsonNode, Object> text(String pointer, String otherwise) {
        JsonPointer place = JsonPointer.compile(pointer);
        return object -> orElse(object.at(place).asText(""), otherwise);
    }

    /** How many members objects at these places have together. */
    static Function<JsonNode, Object> count(String... pointers) {
        return object -> Stream.of(pointers)
                .mapToLong(pointer -> object.at(pointer).size())
                .sum();
    }

    static Function<JsonNode, Object> labels(String pointer) {
        return object -> {
            String pairs = object.at(pointer).properties().stream()
                    .map(pair -> pair.getKey() + "=" + pair.getValue().asText())
                    .sorted()
                    .collect(Collectors.joining(","));
            return orElse(pairs, NONE);
        };
    }

    static String orElse(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /** At most so many items, the rest counted: {@code a,b + 3 more...}. */
    static String first(int most, List<String> items) {
        if (items.isEmpty()) {
            return NONE;
        }
        String shown = items.stream().limit(most).collect(Collectors.joining(","));
        return items.size() > most ? shown + " + " + (items.size() - most) + " more..." : shown;
    }
}
