package io.serverherd.operator.validation;

import java.util.List;

/**
 * Whether a herd's spec can be used.
 *
 * @param problems one sentence each, naming the field and the offender; empty: nothing is wrong
 */
public record Validation(List<String> problems) {

    public Validation {
        problems = List.copyOf(problems);
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
