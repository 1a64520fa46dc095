package io.serverherd.operator.validation;

import java.util.List;

/**
 * Whether a herd's spec can be used.
 *
 * @param reason   why not, in a word, as conditions say it
 * @param problems one sentence each, naming the field and the offender; empty: nothing is wrong
 */
public record Validation(String reason, List<String> problems) {
    private static final String SPEC_REFUSED = "SpecRefused";
    private static final String PEER_TLS_NOT_PERMITTED = "PeerTlsNotPermitted";

    public Validation {
        problems = List.copyOf(problems);
    }

    public static Validation ofSpec(List<String> problems) {
        return new Validation(SPEC_REFUSED, problems);
    }

    /** The spec is good, but asks for what the operator may not do. */
    static Validation ofOperator(String problem) {
        return new Validation(PEER_TLS_NOT_PERMITTED, List.of(problem));
    }

    public boolean refused() {
        return !problems.isEmpty();
    }

    /** It is the operator that lacks something, which may be granted at any time. */
    public boolean notPermitted() {
        return refused() && reason.equals(PEER_TLS_NOT_PERMITTED);
    }

    /** In words, for a column. */
    public String state() {
        return notPermitted() ? "Peer TLS not permitted" : "Spec refused";
    }

    /** At most five problems, so that it fits into a condition. */
    public String message() {
        String first = String.join("; ", problems.subList(0, Math.min(5, problems.size())));
        return problems.size() <= 5 ? first : first + "; and " + (problems.size() - 5) + " more";
    }
}
