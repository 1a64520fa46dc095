package io.serverherd.operator.observe;

import java.time.Duration;

/**
 * How long to wait until a server is asked again. Often while something is about to change, for a rewired edge should show
 * within a blink; the longer nothing happens, the more rarely, up to the pace of a herd at rest.
 */
final class PollPace {
    static final Duration FASTEST = Duration.ofMillis(75);
    static final Duration AT_REST = Duration.ofSeconds(5);
    /** A server that has been awaited for 20 s is asked every second. */
    private static final int SHARE = 20;

    private PollPace() {}

    /**
     * @param settled     the server is as it should be
     * @param sinceChange since something last changed, in the server's answer or in what is expected of it
     */
    static Duration next(boolean settled, Duration sinceChange) {
        if (settled) {
            return AT_REST;
        }
        Duration pace = sinceChange.dividedBy(SHARE);
        if (pace.compareTo(FASTEST) < 0) {
            return FASTEST;
        }
        return pace.compareTo(AT_REST) > 0 ? AT_REST : pace;
    }
}
