package io.serverherd.bench.attack;

import io.serverherd.bench.load.WrongReplyException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Has an attack act so often a second, in a thread of its own. What it comes too late for is left out. */
final class Pace implements AutoCloseable {
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(1);
    /** No act may take longer: the node owes an answer, or to close the connection. In milliseconds. */
    private static final long PATIENCE = 10_000;

    private static final double NANOS = 1e9;

    private final Attack attack;
    private final long gap;
    private final Thread thread;
    private volatile long begun;
    private volatile boolean ending;
    private volatile long done;
    private volatile long ended;
    private volatile IOException failure;

    /** @param hurry so many times the attack's own pace */
    Pace(Attack attack, int hurry) {
        this.attack = attack;
        this.gap = (long) (NANOS / attack.plan().pace() / hurry);
        thread = Background.thread(attack.plan().name(), this::act);
    }

    /** The attack has begun. */
    void start() {
        thread.start();
    }

    private void act() {
        begun = System.nanoTime();
        long due = begun;
        try {
            while (!ending) {
                long now = System.nanoTime();
                due = Math.max(due, now - TICK - gap);
                while (due <= now && !ending) {
                    done += attack.act();
                    due += gap;
                }
                LockSupport.parkNanos(TICK);
            }
        } catch (IOException e) {
            failure = e;
        }
        ended = System.nanoTime();
    }

    /** Units a second, of the time from begin to end. */
    double perSecond() {
        return done * NANOS / (ended - begun);
    }

    /**
     * Ends it.
     *
     * @throws IOException when an act failed: the node has not done what it must
     */
    @Override
    public void close() throws IOException {
        ending = true;
        try {
            thread.join(PATIENCE);
            boolean hangs = thread.isAlive();
            attack.end();
            if (hangs) {
                throw new WrongReplyException(
                        attack.plan().name() + ": for 10 s the node has neither answered nor closed");
            }
            if (failure != null) {
                String what = attack.plan().name() + ": " + failure.getMessage();
                throw failure instanceof WrongReplyException
                        ? new WrongReplyException(what)
                        : new IOException(what, failure);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
