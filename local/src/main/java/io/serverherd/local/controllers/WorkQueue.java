package io.serverherd.local.controllers;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keys to look at, one after the other on one thread; a key that is asked for again while it waits is looked at once. */
final class WorkQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkQueue.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Consumer<String> work;
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor thread;

    WorkQueue(String name, Consumer<String> work) {
        this.work = work;
        this.thread = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread created = new Thread(task, name);
                    created.setDaemon(true);
                    return created;
                },
                new ScheduledThreadPoolExecutor.DiscardPolicy());
    }

    void add(String key) {
        if (waiting.add(key)) {
            thread.execute(() -> run(key));
        }
    }

    void addAfter(Duration delay, String key) {
        thread.schedule(() -> add(key), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run(String key) {
        waiting.remove(key);
        try {
            work.accept(key);
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue("key", key)
                    .addKeyValue("error", e.getMessage())
                    .log("reconciliation failed, retried");
            addAfter(RETRY, key);
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("key", key).setCause(e).log("defect in a controller, retried");
            addAfter(RETRY, key);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
