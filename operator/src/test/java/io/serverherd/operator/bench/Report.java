package io.serverherd.operator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What was measured: a table of times, one of other figures, and what was left out. */
final class Report {

    private static final List<String> TIMES = List.of("time, ms", "n", "p50", "p99", "max", "goal", "met");
    private static final List<String> FIGURES = List.of("figure", "measured", "goal", "met");

    private final String where;
    private final List<List<String>> times = new ArrayList<>();
    private final List<List<String>> figures = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    /** @param where the machine and the cluster, in a line */
    Report(String where) {
        this.where = where;
    }

    /** A line at once, for whoever waits. */
    void progress(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, "  " + format + "%n", arguments);
    }

    void times(String what, Times measured) {
        times(what, measured, "", Optional.empty());
    }

    /** @param p50 at most; as {@code p99} */
    void times(String what, Times measured, Duration p50, Duration p99) {
        times(
                what,
                measured,
                "p50 ≤ %d, p99 ≤ %d".formatted(p50.toMillis(), p99.toMillis()),
                Optional.of(measured.p50().compareTo(p50) <= 0 && measured.p99().compareTo(p99) <= 0));
    }

    /** @param p99 at most */
    void times(String what, Times measured, Duration p99) {
        times(
                what,
                measured,
                "p99 ≤ " + p99.toMillis(),
                Optional.of(measured.p99().compareTo(p99) <= 0));
    }

    private void times(String what, Times measured, String goal, Optional<Boolean> met) {
        times.add(List.of(
                what,
                Integer.toString(measured.count()),
                millis(measured.p50()),
                millis(measured.p99()),
                millis(measured.max()),
                goal,
                answer(met)));
        progress(
                "%s: p50 %s, p99 %s, max %s ms",
                what, millis(measured.p50()), millis(measured.p99()), millis(measured.max()));
    }

    /** A figure that is only told. */
    void figure(String what, String measured) {
        figure(what, measured, "", Optional.empty());
    }

    void figure(String what, String measured, String goal, boolean met) {
        figure(what, measured, goal, Optional.of(met));
    }

    /** A count that should be nought. */
    void none(String what, long measured) {
        figure(what, Long.toString(measured), "0", measured == 0);
    }

    private void figure(String what, String measured, String goal, Optional<Boolean> met) {
        figures.add(List.of(what, measured, goal, answer(met)));
        progress("%s: %s", what, measured);
    }

    void skipped(String what, String why) {
        skipped.add("SKIPPED: " + what + ": " + why);
        progress("SKIPPED: %s: %s", what, why);
    }

    /** On standard output and as a file. */
    void publish(Path file) throws IOException {
        String text = text();
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        System.out.printf("%n%s%n(%s)%n", text, file);
    }

    /** Markdown that is readable as it is. */
    String text() {
        List<String> parts = new ArrayList<>(List.of(where));
        Stream.of(table(TIMES, times), table(FIGURES, figures))
                .filter(table -> !table.isEmpty())
                .forEach(parts::add);
        parts.addAll(skipped);
        return String.join("\n\n", parts) + "\n";
    }

    private static String table(List<String> head, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        List<List<String>> all = new ArrayList<>(List.of(head));
        all.addAll(rows);
        int[] widths = new int[head.size()];
        all.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        List<String> lines =
                new ArrayList<>(all.stream().map(row -> line(row, widths)).toList());
        lines.add(1, line(head.stream().map(any -> "").toList(), widths).replace(' ', '-'));
        return String.join("\n", lines);
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            line.append(' ')
                    .append(row.get(i))
                    .append(" ".repeat(widths[i] - row.get(i).length()))
                    .append(" |");
        }
        return line.toString();
    }

    private static String millis(Duration time) {
        return Long.toString(time.toMillis());
    }

    private static String answer(Optional<Boolean> met) {
        return met.map(yes -> yes ? "yes" : "NO").orElse("");
    }
}
