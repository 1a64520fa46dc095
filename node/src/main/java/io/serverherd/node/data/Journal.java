package io.serverherd.node.data;

import io.serverherd.node.herd.Herd;
import io.serverherd.node.herd.LocationStore;
import io.serverherd.node.protocol.LineBuffer;
import io.serverherd.node.protocol.LocationRecord;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the records in a folder, so that they outlive the whole herd.
 *
 * <pre>
 * store: what has changed ─▶ every 5 to 40 ms ─▶ chunk ─▶ writer's thread ─▶ file
 * </pre>
 *
 * Nothing is queued but what is on its way: a record that changes again before it is written is written once, and where
 * the disk does not keep up, changes wait in the store.
 *
 * <p>Rewriting: to a new file go the changes, as ever, and between them, piece by piece, all that the store holds; then
 * older files are deleted. That is done when most of what is there is out of date and when the disk is well again; at the
 * start only when what was found is mostly out of date, damaged or in many files: else a new file goes on beside it.
 *
 * <p>Belongs to the event loop, but for {@link #status}.
 */
public final class Journal {
    /**
     * How long a change waits before it is on its way to the file, in milliseconds: long where much changes, since then
     * more of it changes again in the meantime, short where it costs nothing.
     */
    private static final long SHORTEST_TICK = 5;

    private static final long LONGEST_TICK = 40;
    /** What makes a tick the longest, in bytes of changes. */
    private static final long MUCH = 1 << 19;

    /** After so many bytes of changes others have their turn on the loop: a tenth of a millisecond. */
    private static final long TURN = 1 << 17;

    /** How much of the store is written in a tick while rewriting, in bytes: 12 MB/s. */
    private static final long PIECE = 1 << 19;
    /** And so much for each byte that has changed: the end comes before the file has grown much. */
    private static final long PIECE_PER_CHANGED = 4;

    /** Changes that wait longer are said to, in nanoseconds. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

    /** So many files are not added to. */
    private static final int MANY = 8;

    private static final int LINE = 256;

    private final Logger log = LoggerFactory.getLogger(Journal.class);
    private final LocationStore store;
    private final ScheduledExecutorService loop;
    private final ChunkPool pool = new ChunkPool();
    private final Recall recall;
    private final JournalWriter writer;
    private final LocationRecord record = new LocationRecord();
    /** A change that found no room yet; else empty. */
    private final LineBuffer change = new LineBuffer(LINE);

    private final LineBuffer piece = new LineBuffer(LINE);
    private final Runnable tick = this::tick;

    /** The writer has a folder and takes chunks. */
    private boolean recording;
    /** Null when none is begun. */
    private Chunk filling;

    private boolean ticking;
    private boolean rewriting;
    /** Before anything can change: as fast as the disk takes it. */
    private boolean first = true;

    private boolean closing;

    /** How far the rewriting is in the store, and how many bytes that were. */
    private int cursor;

    private long storeBytes;
    private boolean storeWritten;
    /** How many bytes of changes the last turn had, and the last tick. */
    private long changedBytes;

    private long tickBytes;
    private long tickMillis = SHORTEST_TICK;

    private long fileBytes;
    /** What has more than twice what is not out of date, and some, is rewritten. */
    private long limit;

    /** Since when not all changes found room, in nanoseconds; 0 when they do. */
    private volatile long behindSince;

    private volatile int unwritten;
    private boolean lagging;

    private Journal(
            Path folder,
            RecordFile.Maker files,
            String herdName,
            String server,
            LocationStore store,
            Herd herd,
            ScheduledExecutorService loop) {
        this.store = store;
        this.loop = loop;
        this.recall = new Recall(herdName, server, herd, store, loop);
        this.writer = new JournalWriter(
                new DataFolder(folder),
                files,
                new JournalHeader(JournalHeader.FORMAT, herdName, server),
                recall,
                pool,
                new JournalWriter.Owner() {
                    @Override
                    public void writable() {
                        loop.execute(Journal.this::goOn);
                    }

                    @Override
                    public void lost() {
                        loop.execute(Journal.this::pause);
                    }
                });
    }

    /**
     * Begins to read the folder, and then to keep in it what the herd stores.
     *
     * @param loop on which the store and the herd live
     */
    public static Journal open(
            Path folder,
            String herdName,
            String server,
            LocationStore store,
            Herd herd,
            ScheduledExecutorService loop) {
        return open(folder, RecordFile::make, herdName, server, store, herd, loop);
    }

    static Journal open(
            Path folder,
            RecordFile.Maker files,
            String herdName,
            String server,
            LocationStore store,
            Herd herd,
            ScheduledExecutorService loop) {
        Journal journal = new Journal(folder, files, herdName, server, store, herd, loop);
        loop.execute(() -> herd.whenStored(journal::changed));
        journal.writer.start();
        return journal;
    }

    /** Done when the records of the folder are in the store and a file is open for what comes, or that has failed. */
    public CompletionStage<Void> opened() {
        return writer.opened();
    }

    /** From any thread. */
    public DataStatus status() {
        String error = writer.error();
        DataStatus.State state = DataStatus.State.OK;
        if (error != null) {
            state = DataStatus.State.FAILING;
        } else if (isBehind()) {
            state = DataStatus.State.FAILING;
            error = "the disk does not keep up";
        } else if (recall.damagedBytes() > 0) {
            state = DataStatus.State.DAMAGED;
            error = recall.damagedBytes() + " bytes found at the start were damaged and are left out";
        }
        return new DataStatus(
                state,
                error,
                recall.read(),
                recall.damagedBytes(),
                recall.tornBytes(),
                writer.written(),
                unwritten,
                writer.rewritten(),
                writer.failures(),
                writer.late(),
                writer.fileBytes());
    }

    private boolean isBehind() {
        long since = behindSince;
        return since != 0 && System.nanoTime() - since > PATIENCE;
    }

    private void changed() {
        if (!ticking && recording) {
            tickAfter(tickMillis);
        }
    }

    private void tickAfter(long millis) {
        ticking = true;
        loop.schedule(tick, millis, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        ticking = false;
        if (!recording) {
            return;
        }
        if (!rewriting && fileBytes > limit) {
            begin();
        }
        if (rewriting) {
            writePiece();
        }
        boolean allWritten = writeChanges();
        handOver();
        tickBytes += changedBytes;
        if (allWritten) {
            tickMillis = SHORTEST_TICK + (LONGEST_TICK - SHORTEST_TICK) * Math.min(tickBytes, MUCH) / MUCH;
            tickBytes = 0;
        }
        note(allWritten);
        if (allWritten && rewriting && storeWritten) {
            complete();
        }
        if (allWritten && closing) {
            end();
        } else if (changedBytes >= TURN) {
            ticking = true;
            loop.execute(tick);
        } else if (!allWritten || rewriting) {
            tickAfter(first ? 1 : LONGEST_TICK);
        }
    }

    /** Returns whether none is left: otherwise they have had their turn, or there is no room. */
    private boolean writeChanges() {
        changedBytes = 0;
        while (changedBytes < TURN) {
            if (change.isEmpty()) {
                if (!store.nextChanged(record)) {
                    return true;
                }
                record.appendLine(change);
            }
            if (!append(change)) {
                return false;
            }
            changedBytes += change.length();
            change.clear();
        }
        return false;
    }

    private void writePiece() {
        long end = first ? Long.MAX_VALUE : storeBytes + Math.max(PIECE, PIECE_PER_CHANGED * changedBytes);
        while (!storeWritten && storeBytes < end) {
            int next = store.next(cursor, record);
            if (next == 0) {
                storeWritten = true;
                return;
            }
            piece.clear();
            record.appendLine(piece);
            if (!append(piece)) {
                return;
            }
            cursor = next;
            storeBytes += piece.length();
        }
    }

    private boolean append(LineBuffer line) {
        if (filling == null || !filling.append(line.array(), 0, line.length())) {
            handOver();
            filling = pool.take(line.length());
            if (filling == null) {
                return false;
            }
            filling.append(line.array(), 0, line.length());
        }
        fileBytes += line.length();
        return true;
    }

    private void handOver() {
        if (filling != null) {
            filling.handedOver(System.nanoTime());
            writer.take(filling);
            filling = null;
        }
    }

    private void note(boolean allWritten) {
        unwritten = allWritten ? 0 : store.changed();
        if (allWritten) {
            behindSince = 0;
        } else if (behindSince == 0) {
            behindSince = System.nanoTime() | 1;
        }
        if (isBehind() != lagging) {
            lagging = !lagging;
            if (lagging) {
                log.atWarn().addKeyValue("records", unwritten).log("data.behind");
            } else {
                log.atInfo().log("data.caught-up");
            }
        }
    }

    /** The writer has a folder. */
    private void goOn() {
        limit = 2 * recall.usefulBytes() + writer.slack();
        boolean sound = recall.damagedBytes() == 0 && recall.files() < MANY && recall.fileBytes() < limit;
        if (first) {
            // What the store has it has from there.
            store.forgetChanged();
        }
        if (first && sound) {
            first = false;
            fileBytes = recall.fileBytes();
            writer.take(Chunk.EXTEND);
        } else {
            begin();
        }
        recording = true;
        if (!ticking) {
            tickAfter(0);
        }
    }

    private void begin() {
        handOver();
        writer.take(Chunk.BEGIN);
        rewriting = true;
        cursor = 0;
        storeBytes = 0;
        storeWritten = false;
        fileBytes = 0;
    }

    /** What was in the store at the begin and what has changed since are in the new file. */
    private void complete() {
        writer.take(Chunk.COMPLETE);
        rewriting = false;
        first = false;
        limit = 2 * storeBytes + writer.slack();
    }

    /** The writer can't go on. It says when it can, by {@link #goOn}, and then gets everything. */
    private void pause() {
        recording = false;
        rewriting = false;
        first = false;
        change.clear();
        if (filling != null) {
            pool.giveBack(filling);
            filling = null;
        }
    }

    /** Writes what has changed, and brings it to the disk. On the event loop. */
    public CompletionStage<Void> close() {
        closing = true;
        if (recording) {
            tick();
        } else {
            end();
        }
        return writer.closed();
    }

    private void end() {
        recording = false;
        writer.take(Chunk.END);
    }
}
