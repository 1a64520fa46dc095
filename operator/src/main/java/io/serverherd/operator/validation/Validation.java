package io.serverherd.operator.validation;

import java.util.List;

/**
 * Whether a herd's spec can be used.
 *
 * @param reason     why not, in a word, as conditions say it
 * @param state      why not, in a few words, for a column
 * @param problems   one sentence each, naming the field and the offender; empty: nothing is wrong
 * @param ofOperator it is the operator, or the cluster, that lacks something: it may be there at any time
 */
public record Validation(String reason, String state, List<String> problems, boolean ofOperator) {
    public static final Validation GOOD = ofSpec(List.of());

    public Validation {
        problems = List.copyOf(problems);
    }

    public static Validation ofSpec(List<String> problems) {
        return new Validation("SpecRefused", "Spec refused", problems, false);
    }

    /** The spec is good, but asks for what can't be had. */
    static Validation ofOperator(String reason, String state, String problem) {
        return new Validation(reason, state, List.of(problem), true);
    }

    public boolean refused() {
        return !problems.isEmpty();
    }

    /** At most five problems, so that it fits into a condition. */
    public String message() {
        String first = String.join("; ", problems.subList(0, Math.min(5, problems.size())));
        return problems.size() <= 5 ? first : first + "; and " + (problems.size() - 5) + " more";
    }
}
