package io.serverherd.local.schema;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as an API server writes them: {@code 1h30m}, {@code 1.5s}, {@code -300ms}. */
final class GoDuration {

    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Long> NANOSECONDS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private GoDuration() {}

    /** @throws IllegalArgumentException when the text is no duration */
    static Duration parse(String text) {
        String parts = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        if (parts.equals("0")) {
            return Duration.ZERO;
        }
        Matcher part = PART.matcher(parts);
        BigDecimal nanoseconds = BigDecimal.ZERO;
        int end = 0;
        while (end < parts.length() && part.find(end) && part.start() == end) {
            nanoseconds = nanoseconds.add(
                    new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(NANOSECONDS.get(part.group(2)))));
            end = part.end();
        }
        if (parts.isEmpty() || end < parts.length()) {
            throw new IllegalArgumentException("no duration: " + text);
        }
        Duration duration = Duration.ofNanos(nanoseconds.longValue());
        return text.startsWith("-") ? duration.negated() : duration;
    }
}
