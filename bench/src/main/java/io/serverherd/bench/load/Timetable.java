package io.serverherd.bench.load;

/**
 * When requests are due that come so many a second, whatever the server does. What nobody looked for in time is left out:
 * to ask for it in one go would measure a generator that slept. What the server was too full for is asked later, and its
 * latency counts from when it was due.
 */
final class Timetable {
    /** Looks are a millisecond apart or less; what is due for longer than so many nanoseconds was overslept. */
    private static final long OVERSLEPT = 2_000_000;

    private static final double NANOS = 1e9;

    private final int perSecond;
    private long from;
    private long asked;
    private long since;
    private boolean full;

    /** @param from when the first is due, of {@link System#nanoTime} as all times here */
    Timetable(int perSecond, long from) {
        this.perSecond = perSecond;
        this.from = from;
    }

    /** How many are due. */
    int due(long now) {
        if (!full) {
            since = now;
            long firstDue = from + (long) (asked * NANOS / perSecond);
            from += Math.max(0, now - firstDue - OVERSLEPT);
        }
        full = false;
        return (int) ((now - from) * perSecond / NANOS - asked);
    }

    /** From when the latency of those that are due counts. */
    long since() {
        return since;
    }

    /** One of those that are due was asked. */
    void asked() {
        asked++;
    }

    /** The others can't be asked now. */
    void full() {
        full = true;
    }
}
