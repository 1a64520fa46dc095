package io.serverherd.node.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Brings to the disk, once a second, what was written, and deletes journals when what replaces them is there. On a thread
 * of its own: the disk may take seconds, and the writer has 100 ms.
 */
final class JournalSync {
    /** How often to {@link #look} while not idle, in milliseconds. */
    static final long LOOK = 100;

    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);
    /** The end of the process does not wait longer for the disk, in milliseconds. */
    private static final long PATIENCE = 600;

    private final DataFolder folder;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread sync = new Thread(task, "data-sync");
        sync.setDaemon(true);
        return sync;
    });

    private RecordFile file;
    /** The folder does not know of the file for sure. */
    private boolean made;

    private boolean written;
    private long last = System.nanoTime();
    /** Null, or the journal that has all that older ones have. */
    private Path complete;

    private List<RecordFile> superseded = new ArrayList<>();
    private Future<Void> underWay;

    JournalSync(DataFolder folder) {
        this.folder = folder;
    }

    /** From now on this file is written. */
    void switchTo(RecordFile next) {
        if (file != null) {
            superseded.add(file);
        }
        file = next;
        made = next != null;
    }

    void wrote() {
        written = true;
    }

    /** The file being written has all that the journals before it have. */
    void completed(Path path) {
        complete = path;
    }

    boolean isIdle() {
        return underWay == null && complete == null && !written;
    }

    /** Begins what is due. @throws IOException when what was begun earlier has failed */
    void look() throws IOException, InterruptedException {
        if (underWay != null && underWay.isDone()) {
            finishUnderWay();
        }
        if (underWay == null && (complete != null || written && System.nanoTime() - last > INTERVAL)) {
            begin();
        }
    }

    private void begin() {
        RecordFile current = file;
        Path keep = complete;
        List<RecordFile> old = superseded;
        boolean forceFolder = made || keep != null;
        written = false;
        complete = null;
        superseded = new ArrayList<>();
        made = false;
        last = System.nanoTime();
        underWay = thread.submit(() -> {
            for (RecordFile each : old) {
                each.force();
                each.close();
            }
            current.force();
            if (forceFolder) {
                folder.force();
            }
            if (keep != null) {
                folder.deleteOlderThan(keep);
            }
            return null;
        });
    }

    private void finishUnderWay() throws IOException, InterruptedException {
        Future<Void> done = underWay;
        underWay = null;
        try {
            done.get(PATIENCE, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the disk does not answer", e);
        }
    }

    /** Nothing more comes of the files so far. */
    void abandon() {
        switchTo(null);
        List<RecordFile> old = superseded;
        superseded = new ArrayList<>();
        written = false;
        complete = null;
        underWay = null;
        thread.submit(() -> {
            for (RecordFile each : old) {
                each.close();
            }
            return null;
        });
    }

    /** Brings to the disk what was written, for a last time. */
    void finish() throws IOException, InterruptedException {
        if (underWay != null) {
            finishUnderWay();
        }
        if (file != null) {
            begin();
            finishUnderWay();
            file.close();
        }
        thread.shutdown();
    }
}
