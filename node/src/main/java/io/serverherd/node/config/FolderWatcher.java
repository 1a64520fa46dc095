package io.serverherd.node.config;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when a file of a folder, or some of them taken together, have other content.
 *
 * <p>Kubernetes mounts a ConfigMap or Secret as {@code file -> ..data/file} and {@code ..data -> ..2026_01_01}; a new
 * version is a new dated folder and a rename of a new link over {@code ..data}. The file itself never gets an event, so
 * the folder is watched, and the file is read anew after any event in it. A slow poll catches what inotify can't: a
 * folder that does not exist yet or is replaced, a host that is out of inotify instances, network file systems.
 * Content is compared, not times.
 *
 * @param <T> what is read; two values are equal when nothing has changed
 */
public final class FolderWatcher<T> implements AutoCloseable {
    /** Quiet time after which a burst of events is over: an editor's truncate-and-write is then one change. */
    private static final Duration SETTLED = Duration.ofMillis(20);

    private static final int LONGEST_BURST = 25;

    private final Logger log = LoggerFactory.getLogger(FolderWatcher.class);
    private final Path folder;
    private final String name;
    private final Supplier<T> reading;
    private final Duration poll;
    private T last;
    private WatchService events;
    private WatchKey registered;
    private Thread thread;
    private volatile boolean closed;

    /**
     * Reads for the first time; {@link #current()} has the result.
     *
     * @param name of what is watched, for the log
     */
    public FolderWatcher(Path folder, String name, Supplier<T> reading, Duration poll) {
        this.folder = folder;
        this.name = name;
        this.reading = reading;
        this.poll = poll;
        this.last = reading.get();
    }

    /** Of one file. */
    public static FolderWatcher<FileContent> ofFile(Path folder, String fileName, int maxBytes, Duration poll) {
        Path file = folder.resolve(fileName);
        return new FolderWatcher<>(folder, fileName, () -> FileContent.read(file, maxBytes), poll);
    }

    /** What the last look found. Before {@link #start} this is the content at construction. */
    public synchronized T current() {
        return last;
    }

    /** Calls {@code onChange} on a thread of its own, for each content that differs from {@link #current()}. */
    public void start(Consumer<T> onChange) {
        try {
            events = folder.getFileSystem().newWatchService();
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("folder", folder)
                    .addKeyValue("reason", e.getMessage())
                    .addKeyValue("pollSeconds", poll.toSeconds())
                    .log("watch.polling-only");
        }
        thread = new Thread(() -> watch(onChange), "watch-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void watch(Consumer<T> onChange) {
        while (!closed) {
            // Registered before the look, so that a change between the two is not missed.
            register();
            look(onChange);
            try {
                awaitEvents();
            } catch (InterruptedException | ClosedWatchServiceException e) {
                // close() ends the wait in one of these two ways.
                return;
            }
        }
    }

    /** Again on each round: a folder that was replaced is another folder with the same name. */
    private void register() {
        if (events == null) {
            return;
        }
        WatchKey key;
        try {
            key = folder.register(
                    events,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
        } catch (IOException e) {
            // The folder is not there (yet): the poll goes on looking, and the file counts as missing meanwhile.
            key = null;
        } catch (ClosedWatchServiceException e) {
            return;
        }
        if (registered != null && !registered.equals(key)) {
            registered.cancel();
        }
        registered = key;
    }

    private void look(Consumer<T> onChange) {
        T now = reading.get();
        synchronized (this) {
            if (closed || now.equals(last)) {
                return;
            }
            last = now;
        }
        try {
            onChange.accept(now);
        } catch (RuntimeException e) {
            log.atError().addKeyValue("file", folder.resolve(name)).setCause(e).log("watch.change-failed");
        }
    }

    private void awaitEvents() throws InterruptedException {
        if (events == null) {
            Thread.sleep(poll.toMillis());
            return;
        }
        WatchKey key = events.poll(poll.toMillis(), TimeUnit.MILLISECONDS);
        for (int i = 0; key != null && i < LONGEST_BURST; i++) {
            key.pollEvents();
            key.reset();
            key = events.poll(SETTLED.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (key != null) {
            key.pollEvents();
            key.reset();
        }
    }

    /** No change is reported once this has returned, except one whose handling had begun. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        if (events != null) {
            try {
                events.close();
            } catch (IOException e) {
                log.atWarn()
                        .addKeyValue("folder", folder)
                        .addKeyValue("reason", e.getMessage())
                        .log("watch.close-failed");
            }
        }
        if (thread != null) {
            thread.interrupt();
        }
    }
}
