package io.serverherd.bench;

import io.serverherd.bench.load.Candidate;
import io.serverherd.bench.load.Comparison;
import io.serverherd.bench.load.Rounds;
import io.serverherd.bench.load.Rounds.Ratio;
import io.serverherd.bench.load.Shape;
import io.serverherd.bench.load.Window;
import io.serverherd.bench.report.BarPlot;
import io.serverherd.bench.report.BarPlot.Bar;
import io.serverherd.bench.report.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Candidates under load in several shapes: their figures, and the ratios that matter. */
final class Speed {
    private static final List<String> FIGURES =
            List.of("connections × deep", "server", "messages/s", "p50, µs", "p99, µs", "CPU, µs a message");
    private static final List<String> RATIOS =
            List.of("connections × deep", "ratio", "messages/s", "p50", "p99", "CPU a message");

    /**
     * A ratio to tell.
     *
     * @param candidate number of a candidate; as {@code reference}
     */
    record Pair(int candidate, int reference) {}

    private final List<Candidate> candidates;
    private final List<Pair> pairs;
    private final List<List<String>> figures = new ArrayList<>();
    private final List<List<String>> ratios = new ArrayList<>();
    private final List<Bar> messages = new ArrayList<>();
    private final List<Bar> cpu = new ArrayList<>();
    private int disturbed;
    private int all;

    Speed(List<? extends Candidate> candidates, List<Pair> pairs) {
        this.candidates = List.copyOf(candidates);
        this.pairs = pairs;
    }

    void measure(Comparison comparison, List<Shape> shapes, Report report) throws IOException {
        for (Shape shape : shapes) {
            Rounds rounds = comparison.measure(candidates, shape);
            disturbed += rounds.disturbed();
            all += rounds.rounds().size();
            for (int i = 0; i < candidates.size(); i++) {
                figures(shape, i, rounds, report);
            }
            pairs.forEach(pair -> ratios(shape, pair, rounds));
        }
        report.table(FIGURES, figures);
        report.table(RATIOS, ratios);
        Rounds.tellDisturbed(disturbed, all, report);
    }

    private void figures(Shape shape, int candidate, Rounds rounds, Report report) {
        List<String> row = Report.row(
                shape,
                candidates.get(candidate).name(),
                Report.number(rounds.median(candidate, Window::messages)),
                Report.number(rounds.median(candidate, Window::p50)),
                Report.number(rounds.median(candidate, Window::p99)),
                Report.number(rounds.median(candidate, Window::cpu)));
        figures.add(row);
        report.progress("%s, %s: %s messages/s, p50 %s µs, p99 %s µs, CPU %s µs a message", row.toArray());
    }

    private void ratios(Shape shape, Pair pair, Rounds rounds) {
        Ratio ofMessages = rounds.ratio(pair.candidate, pair.reference, Window::messages);
        Ratio ofCpu = rounds.ratio(pair.candidate, pair.reference, Window::cpu);
        ratios.add(Report.row(
                shape,
                candidates.get(pair.candidate).name() + " ÷ "
                        + candidates.get(pair.reference).name(),
                ofMessages.text(),
                rounds.ratio(pair.candidate, pair.reference, Window::p50).text(),
                rounds.ratio(pair.candidate, pair.reference, Window::p99).text(),
                ofCpu.text()));
        if (pair.equals(pairs.get(0))) {
            add(messages, shape, ofMessages);
            add(cpu, shape, ofCpu);
        }
    }

    /** The first of the pairs. */
    BarPlot plot() {
        Pair pair = pairs.get(0);
        BarPlot plot = new BarPlot("%s ÷ %s, on one core; the thin line: all rounds"
                .formatted(
                        candidates.get(pair.candidate).name(),
                        candidates.get(pair.reference).name()));
        plot.add(new BarPlot.Group("Messages a second (more is better)", messages));
        plot.add(new BarPlot.Group("Processor time a message (less is better)", cpu));
        return plot;
    }

    /** No bar where the machine does not tell what a process takes. */
    private static void add(List<Bar> bars, Shape shape, Ratio ratio) {
        if (Double.isFinite(ratio.greatest())) {
            bars.add(new Bar(shape.toString(), ratio.median(), ratio.least(), ratio.greatest()));
        }
    }
}
