package io.serverherd.operator.ops;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Has the heap collected once whenever the operator has come to rest. The serial collector looks at what is old only when the
 * heap is at its limit; until then the heap grows, mostly by garbage, and what it has taken it keeps.
 */
public final class HeapTrim implements AutoCloseable {
    private static final Duration REST = Duration.ofSeconds(10);

    private final LongSupplier work;
    private final Runnable collect;
    private final ScheduledExecutorService thread;
    private long lastWork;
    private long collectedAfter;

    /**
     * @param work    goes up with whatever is done
     * @param collect {@link System#gc}
     */
    public HeapTrim(LongSupplier work, Runnable collect) {
        this.work = work;
        this.collect = collect;
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread trim = new Thread(task, "heap-trim");
            trim.setDaemon(true);
            return trim;
        });
    }

    public void start() {
        thread.scheduleWithFixedDelay(this::look, REST.toMillis(), REST.toMillis(), TimeUnit.MILLISECONDS);
    }

    void look() {
        long now = work.getAsLong();
        if (now == lastWork && now != collectedAfter) {
            collect.run();
            collectedAfter = now;
        }
        lastWork = now;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
