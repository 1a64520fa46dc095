package io.serverherd.bench.load;

import io.serverherd.bench.report.Report;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Windows of several candidates that were measured by turns.
 *
 * @param rounds    in each a window of each candidate, in the candidates' order
 * @param disturbed how many of them were so although others took part of the processors, for want of better ones
 */
public record Rounds(List<List<Window>> rounds, int disturbed) {
    /** Others may take so much of a processor before a window is called disturbed. */
    private static final double QUIET = 0.1;

    /** The quiet rounds where there are enough of them, else all. */
    static Rounds of(List<List<Window>> all, int wanted) {
        List<List<Window>> quiet = all.stream().filter(Rounds::isQuiet).toList();
        return quiet.size() >= wanted ? new Rounds(quiet, 0) : new Rounds(all, all.size() - quiet.size());
    }

    static boolean isQuiet(List<Window> round) {
        return round.stream().allMatch(window -> window.others() <= QUIET);
    }

    /** Says in a report that others were at work, where they were. */
    public static void tellDisturbed(int disturbed, int all, Report report) {
        if (disturbed > 0) {
            report.note(
                    "Of %d rounds %d were measured while others took more than a tenth of a processor: measure again on a quiet machine."
                            .formatted(all, disturbed));
        }
    }

    /** A candidate's median. */
    public double median(int candidate, ToDoubleFunction<Window> figure) {
        return middle(sorted(rounds.stream()
                .map(round -> figure.applyAsDouble(round.get(candidate)))
                .toList()));
    }

    /** One candidate's figure by another's, of the same round each. */
    public Ratio ratio(int candidate, int reference, ToDoubleFunction<Window> figure) {
        double[] ratios = sorted(rounds.stream()
                .map(round -> figure.applyAsDouble(round.get(candidate)) / figure.applyAsDouble(round.get(reference)))
                .toList());
        return new Ratio(middle(ratios), ratios[0], ratios[ratios.length - 1]);
    }

    private static double middle(double[] sorted) {
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static double[] sorted(List<Double> figures) {
        return figures.stream()
                .sorted(Comparator.naturalOrder())
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /** A median with the least and the greatest. */
    public record Ratio(double median, double least, double greatest) {
        /** For tables: {@code 1.05 (0.98–1.07)}. */
        public String text() {
            return "%s (%s–%s)".formatted(Report.number(median), Report.number(least), Report.number(greatest));
        }
    }
}
