package io.serverherd.local.api.gc;

import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.store.Change;
import io.serverherd.local.api.store.ObjectStore;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that hands each change of the store, in order and after its write is done, to those who clean up. */
public final class ChangeWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeWorker.class);

    private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
    private final List<Consumer<Change>> cleaners;
    private final ObjectStore.Subscription subscription;
    private final Thread thread = new Thread(this::run, "api-gc");

    /** Sees every change from the store's beginning on. */
    public ChangeWorker(ObjectStore store, List<Consumer<Change>> cleaners) {
        this.cleaners = List.copyOf(cleaners);
        this.subscription = store.follow(0, changes::add);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Change change = changes.take();
                cleaners.forEach(cleaner -> clean(cleaner, change));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private static void clean(Consumer<Change> cleaner, Change change) {
        try {
            cleaner.accept(change);
        } catch (ApiException e) {
            LOG.atDebug() // the object went or changed meanwhile: its own change comes, or it needs nothing more
                    .addKeyValue("event", "cleaning_refused")
                    .addKeyValue("object", change.key().path())
                    .addKeyValue("reason", e.getMessage())
                    .log();
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("event", "cleaning_failed")
                    .addKeyValue("object", change.key().path())
                    .log();
        }
    }

    @Override
    public void close() {
        subscription.close();
        thread.interrupt();
    }
}
