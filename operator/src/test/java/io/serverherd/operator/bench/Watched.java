package io.serverherd.operator.bench;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Watchable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Objects as the API server tells of them, and when it did: no asking, so that the asking costs nothing. */
final class Watched<T extends HasMetadata> implements Watcher<T>, AutoCloseable {

    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(10);

    private final Map<String, T> objects = new LinkedHashMap<>();
    private final Watch watch;
    private long changedAt = System.nanoTime();

    Watched(Watchable<T> these) {
        watch = these.watch(this);
    }

    @Override
    public synchronized void eventReceived(Action action, T object) {
        String key =
                object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
        if (action == Action.DELETED) {
            objects.remove(key);
        } else {
            objects.put(key, object);
        }
        changedAt = System.nanoTime();
        notifyAll();
    }

    @Override
    public void onClose(WatcherException cause) {
        System.out.println("a watch ended too early, and what waits for it waits for nothing: " + cause.getMessage());
    }

    synchronized List<T> now() {
        return List.copyOf(objects.values());
    }

    /** Until they are as wanted; returns when that was heard of, by {@link System#nanoTime()}. */
    synchronized long await(String what, Predicate<Collection<T>> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE;
        while (!wanted.test(objects.values())) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new IllegalStateException("not within 10 minutes: " + what);
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return changedAt;
    }

    @Override
    public void close() {
        watch.close();
    }
}
