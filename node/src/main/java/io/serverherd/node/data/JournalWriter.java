package io.serverherd.node.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TransferQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that waits for the disk. It takes the folder, has its records read, and then writes the chunks it gets.
 * After a failure it drops chunks until the folder can be had again, and asks for everything anew.
 */
final class JournalWriter {
    private static final long FIRST_RETRY = TimeUnit.SECONDS.toNanos(1);
    private static final long LAST_RETRY = TimeUnit.SECONDS.toNanos(30);

    /** A journal may have so many bytes out of date, beside as many as are not; less where the disk is small. */
    private static final long MOST_SLACK = 32 << 20;

    private static final int SHARE_OF_DISK = 8;

    /** What is left of 100 ms when a change has waited for its turn. */
    private static final long IN_TIME = TimeUnit.MILLISECONDS.toNanos(60);

    private static final long LATE_SAID = TimeUnit.SECONDS.toNanos(10);

    private final Logger log = LoggerFactory.getLogger(JournalWriter.class);
    private final DataFolder folder;
    private final RecordFile.Maker files;
    private final JournalHeader header;
    private final Recall recall;
    private final ChunkPool pool;
    private final Owner owner;
    private final Block sums;
    private final JournalSync sync;

    private final TransferQueue<Chunk> chunks = new LinkedTransferQueue<>();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "data");

    private boolean recalled;
    private boolean ended;
    private RecordFile file;
    private Path path;
    /** All records are on their way to the file, and not all are there yet. */
    private boolean partial;

    private long retry = FIRST_RETRY;
    /** What the last rewriting took on the disk. */
    private long needed;

    private volatile long slack;

    private volatile String error;
    private volatile long failures;
    private volatile long late;
    private long lateSaid = System.nanoTime() - LATE_SAID;
    private volatile long written;
    private volatile long rewritten;
    private volatile long fileBytes;

    /** Is told, on the writer's thread, what the writer can't tell by return. */
    interface Owner {
        /** There is a folder to write to: a {@link Chunk#EXTEND} or {@link Chunk#BEGIN} is to come next. */
        void writable();

        /** There is no folder any more. */
        void lost();
    }

    JournalWriter(
            DataFolder folder,
            RecordFile.Maker files,
            JournalHeader header,
            Recall recall,
            ChunkPool pool,
            Owner owner) {
        this.folder = folder;
        this.files = files;
        this.header = header;
        this.recall = recall;
        this.pool = pool;
        this.owner = owner;
        this.sums = new Block(header.herd().getBytes(US_ASCII));
        this.sync = new JournalSync(folder);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Takes a chunk, or what is to happen between two. Never waits. */
    void take(Chunk chunk) {
        chunks.add(chunk);
    }

    CompletableFuture<Void> opened() {
        return opened;
    }

    CompletableFuture<Void> closed() {
        return closed;
    }

    /** Why nothing is written; null when all is well. */
    String error() {
        return error;
    }

    long slack() {
        return slack;
    }

    long failures() {
        return failures;
    }

    long late() {
        return late;
    }

    long written() {
        return written;
    }

    long rewritten() {
        return rewritten;
    }

    long fileBytes() {
        return fileBytes;
    }

    private void run() {
        try {
            while (!ended) {
                try {
                    takeFolder();
                    owner.writable();
                    write();
                } catch (IOException | UncheckedIOException e) {
                    failed(e);
                    dropUntil(System.nanoTime() + retry);
                    retry = Math.min(retry * 2, LAST_RETRY);
                }
            }
            finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("data.ended");
            error = "ended by an error of its own, the log tells which";
        } finally {
            opened.complete(null);
            closed.complete(null);
        }
    }

    private void takeFolder() throws IOException {
        try {
            folder.lock();
        } catch (DataFolder.TakenException e) {
            throw e;
        } catch (IOException e) {
            // A disk that can only be read still has records.
            recallOnce();
            throw e;
        }
        recallOnce();
        // What was not finished comes again, and the disk may need the room.
        Files.deleteIfExists(folder.fresh());
        if (partial) {
            Files.deleteIfExists(path);
            partial = false;
        }
        long usable = folder.usableBytes();
        slack = Math.min(MOST_SLACK, usable / SHARE_OF_DISK);
        if (failures > 0 && usable < needed) {
            // Without this a full disk would be filled to the last byte again and again.
            throw new IOException(
                    "all records take " + needed + " bytes, the disk of HERD_DATA_DIR has " + usable + " bytes left");
        }
    }

    private void recallOnce() throws IOException {
        if (!recalled) {
            recall.read(folder.journals());
            recalled = true;
        }
    }

    private void write() throws IOException, InterruptedException {
        while (!ended) {
            Chunk chunk = sync.isIdle() ? chunks.take() : chunks.poll(JournalSync.LOOK, TimeUnit.MILLISECONDS);
            if (chunk == Chunk.EXTEND) {
                extend();
            } else if (chunk == Chunk.BEGIN) {
                begin();
            } else if (chunk == Chunk.COMPLETE) {
                complete();
            } else if (chunk == Chunk.END) {
                ended = true;
            } else if (chunk != null) {
                write(chunk);
            }
            sync.look();
        }
    }

    private void write(Chunk chunk) throws IOException {
        try {
            // Without a file it is what was on its way when the last one was lost.
            if (file != null) {
                long taken = System.nanoTime();
                write(chunk.seal(sums));
                checkTime(chunk.handedOver(), taken, System.nanoTime());
            }
        } finally {
            pool.giveBack(chunk);
        }
    }

    private void checkTime(long due, long taken, long done) {
        if (done - due > IN_TIME) {
            late++;
            if (done - lateSaid > LATE_SAID) {
                lateSaid = done;
                log.atWarn()
                        .addKeyValue("waitedMillis", TimeUnit.NANOSECONDS.toMillis(taken - due))
                        .addKeyValue("wroteMillis", TimeUnit.NANOSECONDS.toMillis(done - taken))
                        .log("data.late");
            }
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        file.write(bytes);
        sync.wrote();
        written += length;
        fileBytes += length;
    }

    private void extend() throws IOException {
        fileBytes = recall.fileBytes();
        needed = recall.usefulBytes();
        make(folder.next(), false);
        isWell();
    }

    private void begin() throws IOException {
        fileBytes = 0;
        // A server that has not served yet has nothing new: what it does not finish is of no use.
        make(opened.isDone() ? folder.next() : folder.fresh(), true);
    }

    private void make(Path next, boolean incomplete) throws IOException {
        path = next;
        partial = incomplete;
        file = files.make(path);
        sync.switchTo(file);
        write(header.toBlock());
    }

    private void complete() throws IOException {
        if (file == null) {
            return;
        }
        if (!opened.isDone()) {
            path = folder.adopt(path);
        }
        partial = false;
        needed = fileBytes;
        rewritten++;
        sync.completed(path);
        isWell();
    }

    private void isWell() {
        retry = FIRST_RETRY;
        if (error != null) {
            error = null;
            log.atInfo().log("data.recovered");
        }
        opened.complete(null);
    }

    private void failed(Exception e) {
        failures++;
        String reason = reason(e);
        if (!Objects.equals(reason, error)) {
            log.atWarn().addKeyValue("reason", reason).log("data.failing");
        }
        error = reason;
        sync.abandon();
        file = null;
        owner.lost();
        opened.complete(null);
    }

    /** What the system says; where it says but the file's name, the exception's own name says what it is. */
    private static String reason(Exception e) {
        if (e instanceof FileSystemException file && file.getReason() == null) {
            String name = e.getClass().getSimpleName().replace("Exception", "");
            return file.getFile() + ":" + name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
        }
        return String.valueOf(e.getMessage());
    }

    private void dropUntil(long time) throws InterruptedException {
        long left = time - System.nanoTime();
        while (left > 0 && !ended) {
            Chunk chunk = chunks.poll(left, TimeUnit.NANOSECONDS);
            if (chunk == Chunk.END) {
                ended = true;
            } else if (chunk != null && !chunk.isMark()) {
                pool.giveBack(chunk);
            }
            left = time - System.nanoTime();
        }
    }

    /** Whoever comes next gets the folder, also where the disk does not answer: the system knows what was written. */
    private void finish() throws InterruptedException {
        try (folder) {
            sync.finish();
        } catch (IOException e) {
            log.atWarn().addKeyValue("reason", e.getMessage()).log("data.failing");
        }
    }
}
