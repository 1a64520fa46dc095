package io.serverherd.node.peer;

/**
 * Whether a connected link is alive, counted in ticks: what is sent or comes is only noted, and looked at once a tick, so
 * that a record costs no look at the clock.
 */
final class Heartbeat {
    /** How often a link ticks, in milliseconds. */
    static final long TICK = 500;

    /** A PING goes out after so many ticks in which nothing did: at most 1.5 s, where 2 s are promised. */
    private static final int TICKS_TO_PING = 2;

    /** After 5 s without a byte the link is dead. */
    private static final int TICKS_TO_DEATH = 10;

    /** A neighbour that has sent no record for 5 s has no more to send for now. */
    private static final int TICKS_TO_QUIET = 10;

    private boolean sent;
    private int ticksUnsent;
    private boolean received;
    private int ticksUnreceived;
    private boolean recordCame;
    private int ticksWithoutRecord;

    void sent() {
        sent = true;
    }

    void received() {
        received = true;
    }

    /** A record has come, or the two ends have begun to reconcile. */
    void recordCame() {
        recordCame = true;
    }

    void tick() {
        ticksUnsent = sent ? 0 : ticksUnsent + 1;
        ticksUnreceived = received ? 0 : ticksUnreceived + 1;
        ticksWithoutRecord = recordCame ? 0 : ticksWithoutRecord + 1;
        sent = false;
        received = false;
        recordCame = false;
    }

    boolean pingIsDue() {
        return ticksUnsent >= TICKS_TO_PING;
    }

    boolean isDead() {
        return ticksUnreceived >= TICKS_TO_DEATH;
    }

    boolean isQuiet() {
        return !recordCame && ticksWithoutRecord >= TICKS_TO_QUIET;
    }
}
