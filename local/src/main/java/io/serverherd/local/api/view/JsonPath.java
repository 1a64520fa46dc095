package io.serverherd.local.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The part of JSONPath that printer columns use: {@code .a.b}, {@code ['a.b']}, {@code a\.b}, {@code [0]}, {@code [-1]},
 * {@code [*]} and {@code [?(@.type=="Ready")]}. A step that cannot be read selects nothing.
 */
final class JsonPath {

    private static final Pattern STEP = Pattern.compile(
            "\\.?((?:[^.\\[\\]\\\\]|\\\\.)+)" // a name
                    + "|\\['([^']*)'\\]" // a quoted name
                    + "|\\[(-?\\d+)\\]" // an index
                    + "|\\[(\\*)\\]" // all items
                    + "|\\[\\?\\(\\s*@\\.((?:[^=\\s)\\\\]|\\\\.)+)\\s*==\\s*(?:\"([^\"]*)\"|'([^']*)'|([^)\\s]+))\\s*\\)\\]");

    private final List<Function<JsonNode, Stream<JsonNode>>> steps;

    private JsonPath(List<Function<JsonNode, Stream<JsonNode>>> steps) {
        this.steps = steps;
    }

    static JsonPath parse(String text) {
        String path = text.startsWith("{") && text.endsWith("}") ? text.substring(1, text.length() - 1) : text;
        path = path.startsWith("$") ? path.substring(1) : path;
        List<Function<JsonNode, Stream<JsonNode>>> steps = new ArrayList<>();
        Matcher match = STEP.matcher(path);
        int end = 0;
        while (match.find() && match.start() == end) {
            steps.add(step(match));
            end = match.end();
        }
        if (end < path.length()) {
            steps.add(node -> Stream.empty());
        }
        return new JsonPath(steps);
    }

    /** The first value selected. */
    Optional<JsonNode> first(JsonNode root) {
        Stream<JsonNode> selected = Stream.of(root);
        for (Function<JsonNode, Stream<JsonNode>> step : steps) {
            selected = selected.flatMap(step);
        }
        return selected.findFirst();
    }

    private static Function<JsonNode, Stream<JsonNode>> step(Matcher match) {
        if (match.group(1) != null) {
            return member(unescaped(match.group(1)));
        }
        if (match.group(2) != null) {
            return member(match.group(2));
        }
        if (match.group(3) != null) {
            int index = Integer.parseInt(match.group(3));
            return node -> Stream.ofNullable(node.get(index < 0 ? node.size() + index : index));
        }
        if (match.group(4) != null) {
            return JsonPath::items;
        }
        JsonPath field = parse("." + match.group(5));
        String wanted = Stream.of(match.group(6), match.group(7), match.group(8))
                .filter(text -> text != null)
                .findFirst()
                .orElse("");
        return node -> items(node).filter(item -> field.first(item)
                .map(JsonNode::asText)
                .filter(wanted::equals)
                .isPresent());
    }

    private static Function<JsonNode, Stream<JsonNode>> member(String name) {
        return node -> Stream.ofNullable(node.get(name));
    }

    private static Stream<JsonNode> items(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }

    private static String unescaped(String name) {
        return name.replaceAll("\\\\(.)", "$1");
    }
}
