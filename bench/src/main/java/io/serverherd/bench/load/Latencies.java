package io.serverherd.bench.load;

import java.util.Arrays;

/** How long replies took: counts in steps of less than 1 %, so that adding one costs nothing to speak of. */
public final class Latencies {
    /** 128 steps for each doubling. */
    private static final int STEP_BITS = 7;

    private static final int STEPS = 1 << STEP_BITS;

    private final long[] counts = new long[STEPS * (Long.SIZE - STEP_BITS)];
    private long all;

    public void clear() {
        Arrays.fill(counts, 0);
        all = 0;
    }

    public void add(long nanos) {
        counts[step(Math.max(nanos, 0))]++;
        all++;
    }

    public long count() {
        return all;
    }

    /**
     * The time that so many of a hundred replies did not exceed, in microseconds, by nearest rank; the middle of the
     * step that it is in. 0 when there were none.
     */
    public double percentile(double percent) {
        long rank = Math.max(1, (long) Math.ceil(percent / 100 * all));
        long seen = 0;
        for (int step = 0; step < counts.length; step++) {
            seen += counts[step];
            if (seen >= rank) {
                return (begin(step) + begin(step + 1)) / 2.0 / 1_000;
            }
        }
        return 0;
    }

    private static int step(long nanos) {
        int doublings = Math.max(0, Long.SIZE - STEP_BITS - 1 - Long.numberOfLeadingZeros(nanos));
        return (doublings << STEP_BITS) + (int) (nanos >>> doublings);
    }

    /** The smallest time in a step. */
    private static long begin(int step) {
        int doublings = Math.max(0, (step >> STEP_BITS) - 1);
        return (long) (step - (doublings << STEP_BITS)) << doublings;
    }
}
