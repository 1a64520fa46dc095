package io.serverherd.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What was measured: Markdown that is readable as it is. */
public final class Report {
    private final List<String> parts = new ArrayList<>();

    /** @param where the machine, in a line */
    public Report(String where) {
        parts.add(where);
    }

    /** A line at once, for whoever waits; no part of the report. */
    public void progress(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, "  " + format + "%n", arguments);
    }

    /** What follows belongs to it. */
    public void section(String name) {
        parts.add("### " + name);
        System.out.println(name);
    }

    /** A paragraph. */
    public void note(String text) {
        parts.add(text);
        progress("%s", text);
    }

    /** A table; none where there are no rows. */
    public void table(List<String> head, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        int[] widths = IntStream.range(0, head.size())
                .map(column -> Math.max(
                        head.get(column).length(),
                        rows.stream()
                                .mapToInt(row -> row.get(column).length())
                                .max()
                                .orElse(0)))
                .toArray();
        List<String> lines = new ArrayList<>();
        lines.add(line(head, widths));
        lines.add(line(head.stream().map(any -> "").toList(), widths).replace(' ', '-'));
        rows.forEach(row -> lines.add(line(row, widths)));
        parts.add(String.join("\n", lines));
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

    public String text() {
        return String.join("\n\n", parts) + "\n";
    }

    /** On standard output and as a file. */
    public void publish(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text());
        System.out.printf("%n%s%n(%s)%n", text(), file);
    }

    /** A number with about three digits that mean something. */
    public static String number(double number) {
        String format = number >= 100 ? "%,.0f" : number >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, number);
    }

    /** A row, of whatever reads well as text. */
    public static List<String> row(Object... cells) {
        return Arrays.stream(cells).map(Object::toString).toList();
    }
}
