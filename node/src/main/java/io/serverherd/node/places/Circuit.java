package io.serverherd.node.places;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether Google is asked at all. While it fails, those who ask are told so at once instead of waiting for it.
 *
 * <pre>
 * closed ──▶ five failures in a row, or told to wait ──▶ open ──▶ the pause is over: one question tries ──▶ answered ──▶ closed
 *                                                         ▲                                    │
 *                                                         └── failed: the pause doubles ◀──────┘
 * </pre>
 *
 * Not thread-safe.
 */
final class Circuit {
    static final int FAILURES = 5;
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** However long it says to wait: what it says may be wrong. */
    static final Duration LONGEST_WISH = Duration.ofMinutes(5);

    private final LongSupplier nanoClock;
    private int failures;
    private boolean open;
    private boolean trying;
    private Duration pause = FIRST_PAUSE;
    private long openedAt;
    private Duration openFor = Duration.ZERO;

    Circuit(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Whether to ask; who is told to must say how it ended. While open, one at a time may, each after a pause. */
    boolean mayAsk() {
        if (!open) {
            return true;
        }
        if (trying || nanoClock.getAsLong() - openedAt < openFor.toNanos()) {
            return false;
        }
        trying = true;
        return true;
    }

    /** The one that was told to ask has not asked. */
    void notTried() {
        trying = false;
    }

    void answered() {
        failures = 0;
        open = false;
        trying = false;
        pause = FIRST_PAUSE;
    }

    /**
     * While open only of the one that tried: others were asked before, and say nothing new.
     *
     * @param wish how long Google said to wait; zero where it said nothing
     */
    void failed(Duration wish) {
        failures++;
        if (open) {
            pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        }
        if (open || failures >= FAILURES || !wish.isZero()) {
            open = true;
            trying = false;
            openedAt = nanoClock.getAsLong();
            Duration wished = shorter(wish, LONGEST_WISH);
            openFor = wished.compareTo(pause) > 0 ? wished : pause;
        }
    }

    boolean isOpen() {
        return open;
    }

    /** From its opening on; meaningless while closed. */
    Duration openFor() {
        return openFor;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
