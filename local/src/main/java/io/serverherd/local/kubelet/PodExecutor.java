package io.serverherd.local.kubelet;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that does everything about one pod, one thing after the other; what comes after {@link #stop} is ignored. */
final class PodExecutor implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(PodExecutor.class);

    private final String name;
    private final ScheduledThreadPoolExecutor thread;

    PodExecutor(String name) {
        this.name = name;
        this.thread = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread created = new Thread(task, name);
                    created.setDaemon(true);
                    return created;
                },
                new ScheduledThreadPoolExecutor.DiscardPolicy());
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void execute(Runnable task) {
        thread.execute(guarded(task));
    }

    void after(Duration delay, Runnable task) {
        thread.schedule(guarded(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The future must not fail: it tells the end of something that surely ends. */
    <T> void whenDone(CompletableFuture<T> future, Consumer<T> task) {
        future.thenAccept(result -> execute(() -> task.accept(result)));
    }

    /** What was handed over before is still done; what waits for its time is not. */
    void stop() {
        thread.shutdown();
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.atError().addKeyValue("pod", name).setCause(e).log("defect while looking after a pod");
            }
        };
    }
}
