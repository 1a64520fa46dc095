package io.serverherd.node.data;

import io.serverherd.node.herd.Herd;
import io.serverherd.node.herd.HerdLink;
import io.serverherd.node.herd.LocationStore;
import io.serverherd.node.protocol.LineBuffer;
import io.serverherd.node.protocol.LocationRecord;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the records in a folder, so that they outlive the whole herd. To the herd it is one more neighbour: it is offered
 * what is new, and where it did not keep up it gets everything anew.
 *
 * <pre>
 * offer ─▶ chunk ─▶ every 10 ms to the writer's thread ─▶ file     never waits: without a free chunk the record is missed
 * rewriting: a new file; what is new goes there, and between it, piece by piece, all that the store holds; then the old
 *            file is deleted
 * rewritten: when most of the file is out of date, when records were missed, when the disk is well again; at the start
 * only when what was found is mostly out of date, damaged or in many files: else a new file goes on beside it
 * </pre>
 *
 * Belongs to the event loop, but for {@link #status}.
 */
public final class Journal implements HerdLink {
    /** How long a record waits at most before it is on its way to the file, in milliseconds. */
    private static final long TICK = 10;

    /** Bytes of the store that are written in a tick while rewriting: 25 MB/s. */
    private static final long PIECE = 1 << 18;
    /** And as many for each byte that is new, so that the end comes before the file has grown. */
    private static final long PIECES_PER_NEW = 4;

    /** A rewriting has come so much less far than what is new meanwhile, in bytes: it is starved. */
    private static final long STARVED = 32 << 20;
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
    private final LineBuffer line = new LineBuffer(LINE);

    /** The writer has the folder and takes chunks. */
    private boolean recording;
    /** Null when none is begun. */
    private Chunk filling;

    private boolean ticking;
    /** Something was missed: nothing more is taken in until all is written anew. */
    private boolean behind;

    private boolean rewriting;
    /** Before anything is new: as fast as the disk takes it. */
    private boolean first = true;

    private int cursor;
    private long newBytes;
    private long storeBytes;
    private long fileBytes;
    /** What has more than twice what is not out of date, and some, is rewritten. */
    private long limit;

    private volatile boolean lagging;
    private volatile long missed;

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
        this.recall = new Recall(herdName, server, herd, store, this, loop);
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
                    public void completed() {
                        loop.execute(Journal.this::caughtUp);
                    }

                    @Override
                    public void lost() {
                        loop.execute(Journal.this::pause);
                    }
                });
    }

    /**
     * Begins to read the folder, and then to keep in it what the herd is offered.
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
        loop.execute(() -> herd.attach(journal));
        journal.writer.start();
        return journal;
    }

    /** Done when the records of the folder are in the store and a new file has them too, or that has failed. */
    public CompletionStage<Void> opened() {
        return writer.opened();
    }

    /** From any thread. */
    public DataStatus status() {
        String error = writer.error();
        DataStatus.State state = DataStatus.State.OK;
        if (error != null) {
            state = DataStatus.State.FAILING;
        } else if (lagging) {
            state = DataStatus.State.FAILING;
            error = "the disk does not keep up; all records are written anew when it does";
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
                missed,
                writer.rewritten(),
                writer.failures(),
                writer.fileBytes());
    }

    @Override
    public void offer(byte[] buf, int from, int to) {
        if (!recording) {
            return;
        }
        if (behind || !append(buf, from, to)) {
            miss();
        }
        newBytes += to - from;
    }

    private boolean append(byte[] buf, int from, int to) {
        if (filling == null || !filling.append(buf, from, to)) {
            handOver();
            filling = pool.take(to - from);
            if (filling == null) {
                return false;
            }
            filling.append(buf, from, to);
        }
        fileBytes += to - from;
        tickLater();
        return true;
    }

    private void miss() {
        missed++;
        if (!behind) {
            fallBehind();
        }
    }

    private void fallBehind() {
        behind = true;
        if (!lagging) {
            lagging = true;
            log.atWarn().log("data.behind");
        }
        tickLater();
    }

    private void handOver() {
        if (filling != null) {
            writer.take(filling);
            filling = null;
        }
    }

    private void tickLater() {
        if (!ticking) {
            ticking = true;
            loop.schedule(this::tick, TICK, TimeUnit.MILLISECONDS);
        }
    }

    private void tick() {
        ticking = false;
        if (!recording) {
            return;
        }
        if (rewriting) {
            rewriteOn();
        } else if (fileBytes > limit || behind && pool.available() > pool.size() / 2) {
            begin();
        }
        newBytes = 0;
        handOver();
        if (rewriting || behind) {
            tickLater();
        }
    }

    /** The writer has a folder. */
    private void goOn() {
        limit = 2 * recall.usefulBytes() + writer.slack();
        boolean sound = recall.damagedBytes() == 0 && recall.files() < MANY && recall.fileBytes() < limit;
        if (first && sound) {
            first = false;
            recording = true;
            fileBytes = recall.fileBytes();
            writer.take(Chunk.EXTEND);
        } else {
            begin();
        }
    }

    /** Begins a new file, which all records are to go to. */
    private void begin() {
        handOver();
        writer.take(Chunk.BEGIN);
        recording = true;
        behind = false;
        rewriting = true;
        cursor = 0;
        storeBytes = 0;
        fileBytes = 0;
        tickLater();
    }

    /** Writes as much of the store as is fair to those who wait for the loop, and to the records that are new. */
    private void rewriteOn() {
        long piece = first ? Long.MAX_VALUE : Math.max(PIECE, PIECES_PER_NEW * newBytes);
        int reserve = first || behind ? 1 : pool.size() / 2;
        long end = piece == Long.MAX_VALUE ? piece : storeBytes + piece;
        while (storeBytes < end && pool.available() > reserve) {
            cursor = store.next(cursor, record);
            if (cursor == 0) {
                complete();
                return;
            }
            line.clear();
            record.appendLine(line);
            if (!append(line.array(), 0, line.length())) {
                fallBehind();
                return;
            }
            storeBytes += line.length();
        }
        if (fileBytes - storeBytes > storeBytes + STARVED) {
            // What is new takes all that the disk can: the rest first, or the file grows without end.
            fallBehind();
        }
    }

    private void complete() {
        handOver();
        writer.take(Chunk.COMPLETE);
        rewriting = false;
        first = false;
        limit = 2 * storeBytes + writer.slack();
    }

    /** All that was in the store when the last rewriting was through is written. */
    private void caughtUp() {
        if (lagging && !behind && !rewriting) {
            lagging = false;
            log.atInfo().addKeyValue("missed", missed).log("data.caught-up");
        }
    }

    /** The writer can't go on. It says when it can, by {@link #goOn}. */
    private void pause() {
        recording = false;
        rewriting = false;
        first = false;
        if (filling != null) {
            pool.giveBack(filling);
            filling = null;
        }
    }

    /** Writes what is still to be written, and brings it to the disk. On the event loop. */
    public CompletionStage<Void> close() {
        handOver();
        recording = false;
        CompletableFuture<Void> closed = writer.closed();
        writer.take(Chunk.END);
        return closed;
    }
}
