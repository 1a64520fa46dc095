package io.serverherd.node.net;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * When the bytes at hand were received: the wall clock, read without allocation. Between two looks at the wall clock, a
 * second apart, the monotonic one tells how much time has passed.
 */
public final class ReceiveClock {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final InstantSource wall;
    private final LongSupplier monotonic;
    private long lookedAt;
    private long wallNanos;
    private long seconds;
    private int nanos;

    public ReceiveClock(InstantSource wall, LongSupplier monotonic) {
        this.wall = wall;
        this.monotonic = monotonic;
        look(monotonic.getAsLong());
    }

    /** Takes the time for all that follows. */
    public void tick() {
        long now = monotonic.getAsLong();
        if (now - lookedAt >= NANOS_PER_SECOND) {
            look(now);
        }
        long time = wallNanos + (now - lookedAt);
        seconds = time / NANOS_PER_SECOND;
        nanos = (int) (time % NANOS_PER_SECOND);
    }

    /** POSIX seconds. */
    public long seconds() {
        return seconds;
    }

    /** The nanoseconds of that second. */
    public int nanos() {
        return nanos;
    }

    private void look(long now) {
        Instant instant = wall.instant();
        wallNanos = instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
        lookedAt = now;
    }
}
