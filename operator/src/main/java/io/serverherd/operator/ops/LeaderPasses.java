package io.serverherd.operator.ops;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;

/**
 * Runs the passes of the loop, from which alone the operator writes, as long as it may; what comes while it may not is held
 * back. So the caches of an operator that stands by are warm, and every herd has a pass waiting when it is to lead.
 */
public final class LeaderPasses extends ThreadPoolExecutor {
    /** A pass mostly waits for the API server; more of them would only wait there together. */
    private static final int THREADS = 16;

    /** A thread that waits for work costs memory, and most of the time there is none. */
    private static final int IDLE_SECONDS = 10;

    private static final long FOR_EVER = Long.MAX_VALUE / 2;

    private final LongSupplier nanoTime;
    private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();
    /** Shared by the passes that run; had alone by who waits for the last of them. */
    private final ReadWriteLock running = new ReentrantReadWriteLock();

    private volatile long allowedUntil;

    /** Nothing runs yet. */
    public LeaderPasses(LongSupplier nanoTime) {
        super(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> new Thread(task, "pass"),
                // What comes after the end is nobody's any more.
                new DiscardPolicy());
        allowCoreThreadTimeOut(true);
        this.nanoTime = nanoTime;
        allowedUntil = nanoTime.getAsLong();
    }

    public void allowForEver() {
        allowUntil(nanoTime.getAsLong() + FOR_EVER);
    }

    /** No pass begins from this time on, even if nobody gets to say {@link #forbid}. */
    void allowUntil(long time) {
        allowedUntil = time;
        for (Runnable pass = held.poll(); pass != null; pass = held.poll()) {
            execute(pass);
        }
    }

    /**
     * Lets no more passes begin, and waits for those that run.
     *
     * @return whether the last one ended in time
     */
    boolean forbid(Duration patience) throws InterruptedException {
        allowedUntil = nanoTime.getAsLong();
        boolean ended = running.writeLock().tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (ended) {
            running.writeLock().unlock();
        }
        return ended;
    }

    @Override
    public void execute(Runnable pass) {
        super.execute(() -> runOrHold(pass));
    }

    private void runOrHold(Runnable pass) {
        running.readLock().lock();
        try {
            if (!mayBegin()) {
                held.add(pass);
                // It may have been allowed in between, by one who did not find this pass.
                if (!mayBegin() || !held.remove(pass)) {
                    return;
                }
            }
            pass.run();
        } finally {
            running.readLock().unlock();
        }
    }

    public boolean mayBegin() {
        return allowedUntil - nanoTime.getAsLong() > 0;
    }
}
