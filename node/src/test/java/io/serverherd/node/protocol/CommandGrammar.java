package io.serverherd.node.protocol;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What clients may say, written down a second time and as plainly as it goes: tests compare the parser with it. Lines are
 * Latin-1 text, so that every byte is a character.
 */
public final class CommandGrammar {
    public static final String SPACES = "[\\t\\n\\x0b\\f\\r ]";
    public static final String WORD = "[^\\t\\n\\x0b\\f\\r ]+";
    public static final String DECIMAL = "[0-9]+(?:\\.[0-9]+)?";
    static final String LOCATION = "([+-][0-9]{1,2}(?:\\.[0-9]+)?)([+-][0-9]{1,3}(?:\\.[0-9]+)?)";

    private static final Pattern IAMAT = line("IAMAT", WORD, LOCATION, DECIMAL);
    private static final Pattern WHATSAT = line("WHATSAT", WORD, DECIMAL, "[0-9]+");

    private CommandGrammar() {}

    /** Fields as the client spelled them. */
    public record Iamat(String client, String location, String time) {}

    /** Fields as the client spelled them. */
    public record Whatsat(String client, String radius, String bound) {}

    /** Of words with white space between and around them; each but the first is a group. */
    static Pattern line(String word, String... fields) {
        StringBuilder line = new StringBuilder(SPACES + "*" + word);
        for (String field : fields) {
            line.append(SPACES).append("+(").append(field).append(')');
        }
        return Pattern.compile(line + SPACES + "*", Pattern.DOTALL);
    }

    public static Optional<Iamat> iamat(String line) {
        Matcher fields = IAMAT.matcher(line);
        return fields.matches() && isOnEarth(fields.group(3), fields.group(4))
                ? Optional.of(new Iamat(fields.group(1), fields.group(2), fields.group(5)))
                : Optional.empty();
    }

    public static Optional<Whatsat> whatsat(String line) {
        Matcher fields = WHATSAT.matcher(line);
        return fields.matches() && isAtMost(fields.group(2), 50) && isAtMost(fields.group(3), 20)
                ? Optional.of(new Whatsat(fields.group(1), fields.group(2), fields.group(3)))
                : Optional.empty();
    }

    static boolean isOnEarth(String latitude, String longitude) {
        return isAtMost(latitude.substring(1), 90) && isAtMost(longitude.substring(1), 180);
    }

    private static boolean isAtMost(String number, int most) {
        return new BigDecimal(number).compareTo(BigDecimal.valueOf(most)) <= 0;
    }
}
