package io.serverherd.local.api.select;

import com.fasterxml.jackson.databind.JsonNode;
import io.serverherd.local.api.error.ApiException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A label selector in its text form: {@code a=b,c!=d,e in (f,g),h notin (i),j,!k}. */
public final class LabelSelector {

    private static final String KEY = "([A-Za-z0-9][-A-Za-z0-9_./]*)";
    private static final String VALUE = "([-A-Za-z0-9_.]*)";
    private static final Pattern EQUAL = Pattern.compile(KEY + "\\s*==?\\s*" + VALUE);
    private static final Pattern DIFFERENT = Pattern.compile(KEY + "\\s*!=\\s*" + VALUE);
    private static final Pattern IN = Pattern.compile(KEY + "\\s+in\\s*\\(([^()]*)\\)");
    private static final Pattern NOT_IN = Pattern.compile(KEY + "\\s+notin\\s*\\(([^()]*)\\)");
    private static final Pattern PRESENT = Pattern.compile(KEY);
    private static final Pattern ABSENT = Pattern.compile("!\\s*" + KEY);

    private LabelSelector() {}

    /**
     * A test on an object's {@code metadata.labels}.
     *
     * @throws ApiException 400 when the text is no selector
     */
    public static Predicate<JsonNode> parse(String text) {
        List<Predicate<JsonNode>> requirements = new ArrayList<>();
        for (String requirement : split(text)) {
            requirements.add(requirement(requirement.trim()));
        }
        return labels -> requirements.stream().allMatch(requirement -> requirement.test(labels));
    }

    /** Cuts at commas outside of parentheses. */
    private static String[] split(String text) {
        return text.isBlank() ? new String[0] : text.split(",(?![^()]*\\))");
    }

    private static Predicate<JsonNode> requirement(String text) {
        Matcher match = EQUAL.matcher(text);
        if (match.matches()) {
            return isOneOf(match.group(1), Set.of(match.group(2)));
        }
        match = DIFFERENT.matcher(text);
        if (match.matches()) {
            return isOneOf(match.group(1), Set.of(match.group(2))).negate();
        }
        match = IN.matcher(text);
        if (match.matches()) {
            return isOneOf(match.group(1), values(match.group(2)));
        }
        match = NOT_IN.matcher(text);
        if (match.matches()) {
            return isOneOf(match.group(1), values(match.group(2))).negate();
        }
        match = ABSENT.matcher(text);
        if (match.matches()) {
            return has(match.group(1)).negate();
        }
        match = PRESENT.matcher(text);
        if (match.matches()) {
            return has(match.group(1));
        }
        throw ApiException.badRequest("unable to parse requirement: \"" + text + "\" is no label requirement");
    }

    private static Predicate<JsonNode> has(String key) {
        return labels -> labels.has(key);
    }

    private static Predicate<JsonNode> isOneOf(String key, Set<String> values) {
        return labels -> labels.has(key) && values.contains(labels.get(key).asText());
    }

    private static Set<String> values(String list) {
        return Arrays.stream(list.split(",")).map(String::trim).collect(Collectors.toSet());
    }
}
