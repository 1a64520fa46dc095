package io.serverherd.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Bars that start at 0, in groups, with a line at 1: ratios. SVG with a background of its own, for light pages and dark. */
public final class BarPlot {
    private static final int WIDTH = 760;
    private static final int LEFT = 190;
    private static final int RIGHT = 90;
    private static final int TOP = 60;
    private static final int GROUP_HEAD = 34;
    private static final int BAR = 18;
    private static final int STEP = 28;
    private static final int BOTTOM = 30;

    /**
     * Bars of one kind, on one scale.
     *
     * @param name what they show, and which way is better
     */
    public record Group(String name, List<Bar> bars) {
        public Group {
            bars = List.copyOf(bars);
        }
    }

    /**
     * A ratio.
     *
     * @param least    of the rounds; as {@code greatest}
     */
    public record Bar(String name, double median, double least, double greatest) {}

    private final String title;
    private final List<Group> groups = new ArrayList<>();

    public BarPlot(String title) {
        this.title = title;
    }

    public void add(Group group) {
        groups.add(group);
    }

    public String svg() {
        StringBuilder body = new StringBuilder();
        int y = TOP;
        for (Group group : groups) {
            append(
                    body,
                    "  <text x=\"24\" y=\"%d\" font-weight=\"bold\" fill=\"#0f172a\">%s</text>\n",
                    y + 14,
                    escaped(group.name()));
            y += GROUP_HEAD;
            bars(body, group, y);
            y += group.bars().size() * STEP + BOTTOM;
        }
        String head = """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" font-family="Helvetica, Arial, sans-serif" font-size="14" role="img" aria-labelledby="t">
                  <title id="t">%3$s</title>
                  <rect width="%1$d" height="%2$d" rx="12" fill="#f8fafc"/>
                  <text x="24" y="36" font-size="17" font-weight="bold" fill="#0f172a">%3$s</text>
                """.formatted(WIDTH, y, escaped(title));
        return head + body + "</svg>\n";
    }

    private static void bars(StringBuilder body, Group group, int top) {
        double most = Math.max(
                1, group.bars().stream().mapToDouble(Bar::greatest).max().orElse(1));
        double unit = (WIDTH - LEFT - RIGHT) / most;
        int y = top;
        for (Bar bar : group.bars()) {
            append(
                    body,
                    "  <text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#475569\">%s</text>\n",
                    LEFT - 10,
                    y + 14,
                    escaped(bar.name()));
            append(
                    body,
                    "  <rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"3\" fill=\"#60a5fa\"/>\n",
                    LEFT,
                    y,
                    bar.median() * unit,
                    BAR);
            append(
                    body,
                    "  <path d=\"M%.1f %dH%.1f\" stroke=\"#c2410c\" stroke-width=\"2\"/>\n",
                    LEFT + bar.least() * unit,
                    y + BAR / 2,
                    LEFT + bar.greatest() * unit);
            append(
                    body,
                    "  <text x=\"%.1f\" y=\"%d\" fill=\"#0f172a\">%s</text>\n",
                    LEFT + bar.greatest() * unit + 8,
                    y + 14,
                    Report.number(bar.median()));
            y += STEP;
        }
        append(
                body,
                "  <path d=\"M%.1f %dV%d\" stroke=\"#475569\" stroke-dasharray=\"4 3\"/>\n",
                LEFT + unit,
                top - 6,
                y - STEP + BAR + 6);
        append(
                body,
                "  <text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#475569\">1</text>\n",
                LEFT + unit,
                y - STEP + BAR + 20);
    }

    private static void append(StringBuilder body, String format, Object... arguments) {
        body.append(String.format(Locale.ROOT, format, arguments));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
