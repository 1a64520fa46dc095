package io.serverherd.local.api.view;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** The time since something, as short as kubectl users read it: {@code 42s}, {@code 7m30s}, {@code 3h}, {@code 12d}. */
final class Age {

    private Age() {}

    /** @param since RFC 3339; empty or null gives {@code <unknown>} */
    static String of(String since, Clock clock) {
        if (since == null || since.isEmpty()) {
            return "<unknown>";
        }
        try {
            return of(Duration.between(Instant.parse(since), clock.instant()));
        } catch (DateTimeParseException e) {
            return "<invalid>";
        }
    }

    /** Two units while the first one alone would round too much: the steps of k8s.io/apimachinery's HumanDuration. */
    static String of(Duration age) {
        long seconds = age.toSeconds();
        if (seconds < -1) {
            return "<invalid>";
        }
        if (seconds < 0) {
            return "0s";
        }
        long minutes = seconds / 60;
        long hours = minutes / 60;
        long days = hours / 24;
        if (seconds < 60 * 2) {
            return seconds + "s";
        }
        if (minutes < 10) {
            return two(minutes, "m", seconds % 60, "s");
        }
        if (hours < 3) {
            return minutes + "m";
        }
        if (hours < 8) {
            return two(hours, "h", minutes % 60, "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        if (days < 8) {
            return two(days, "d", hours % 24, "h");
        }
        if (days < 365 * 2) {
            return days + "d";
        }
        return days < 365 * 8 ? two(days / 365, "y", days % 365, "d") : days / 365 + "y";
    }

    private static String two(long first, String unit, long second, String secondUnit) {
        return second == 0 ? first + unit : first + unit + second + secondUnit;
    }
}
