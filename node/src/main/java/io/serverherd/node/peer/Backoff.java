package io.serverherd.node.peer;

import java.util.function.DoubleSupplier;

/** How long to wait between dials: 0.1 s, then twice as long each time, at most 5 s; up to a fifth less, by chance. */
final class Backoff {
    private static final long FIRST = 100;
    private static final long LONGEST = 5_000;
    /** 0.1 s doubled so often is more than 5 s. */
    private static final int DOUBLINGS = 6;

    private final DoubleSupplier random;
    private int failures;

    Backoff(DoubleSupplier random) {
        this.random = random;
    }

    /** The next wait, in milliseconds. */
    long next() {
        long wait = Math.min(LONGEST, FIRST << Math.min(failures, DOUBLINGS));
        failures++;
        return Math.round(wait * (1 - random.getAsDouble() / 5));
    }

    /** Whether the next wait is the first since the last success. */
    boolean fresh() {
        return failures == 0;
    }

    void reset() {
        failures = 0;
    }
}
