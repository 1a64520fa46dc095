package io.serverherd.node.data;

import io.serverherd.node.herd.Herd;
import io.serverherd.node.herd.LocationStore;
import io.serverherd.node.protocol.LocationRecord;
import io.serverherd.node.protocol.RecordParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the herd the records of journals. One thread reads and checks while the event loop takes over what was read
 * before. Records may come in any order and more than once, and at any time: the herd's order decides.
 */
final class Recall {
    /** In bytes. What takes a batch over is called so often that it is compiled early: 1 M records take 0.7 s less. */
    private static final int BATCH = 1 << 16;

    private final Logger log = LoggerFactory.getLogger(Recall.class);
    private final String herdName;
    private final String server;
    private final Herd herd;
    private final LocationStore store;
    private final ExecutorService loop;
    private final RecordParser parser = new RecordParser();
    private final LocationRecord record = new LocationRecord();

    private byte[] filling = new byte[BATCH];
    private byte[] taken = new byte[BATCH];
    private int filled;
    private Future<?> underWay;

    /** Event loop only, until the reading is over. */
    private long records;

    private long bytes;
    private long full;
    private long malformed;

    private volatile int files;
    private volatile long fileBytes;
    private volatile long usefulBytes;

    private volatile long read;
    private volatile long damagedBytes;
    private volatile long tornBytes;

    Recall(String herdName, String server, Herd herd, LocationStore store, ExecutorService loop) {
        this.herdName = herdName;
        this.server = server;
        this.herd = herd;
        this.store = store;
        this.loop = loop;
    }

    long read() {
        return read;
    }

    /** How many journals there were. */
    int files() {
        return files;
    }

    /** Their size. */
    long fileBytes() {
        return fileBytes;
    }

    /** About how much of that is not out of date. */
    long usefulBytes() {
        return usefulBytes;
    }

    long damagedBytes() {
        return damagedBytes;
    }

    long tornBytes() {
        return tornBytes;
    }

    /** @throws IOException when a file can't be read, or is not for this version or this herd to read; none is then */
    void read(List<Path> journals) throws IOException {
        for (Path journal : journals) {
            check(journal);
        }
        files = journals.size();
        long size = 0;
        for (Path journal : journals) {
            size += Files.size(journal);
        }
        fileBytes = size;
        long start = System.nanoTime();
        JournalReader reader = new JournalReader(herdName, this::add);
        try {
            for (Path journal : journals) {
                try (InputStream in = Files.newInputStream(journal)) {
                    reader.read(in);
                }
            }
        } finally {
            handOver();
            await();
        }
        damagedBytes = reader.damagedBytes();
        tornBytes = reader.tornBytes();
        read = records;
        usefulBytes = bytes;
        log(start);
    }

    private void check(Path journal) throws IOException {
        Optional<JournalHeader> header;
        try (InputStream in = Files.newInputStream(journal)) {
            header = JournalHeader.of(ByteBuffer.wrap(in.readNBytes(JournalHeader.maxBytes())));
        }
        if (header.isEmpty()) {
            return;
        }
        JournalHeader whose = header.get();
        if (!whose.herd().equals(herdName)) {
            throw new IOException(journal + ": has records of herd \"" + whose.herd() + "\", this server is of \""
                    + herdName + "\"; the folder is left as it is");
        }
        if (whose.format() > JournalHeader.FORMAT) {
            throw new IOException(journal + ": has format " + whose.format() + " of a newer version, this one writes "
                    + JournalHeader.FORMAT + "; the folder is left as it is");
        }
        if (!whose.server().equals(server)) {
            // A claim of the same herd: what it has is known to the whole herd anyway.
            log.atInfo()
                    .addKeyValue("file", journal)
                    .addKeyValue("server", whose.server())
                    .log("data.of-another-server");
        }
    }

    private void add(byte[] buf, int from, int to) {
        if (filled + to - from > filling.length) {
            handOver();
        }
        if (to - from > filling.length) {
            filling = new byte[to - from];
        }
        System.arraycopy(buf, from, filling, filled, to - from);
        filled += to - from;
    }

    private void handOver() {
        await();
        byte[] lines = filling;
        int length = filled;
        underWay = loop.submit(() -> takeOver(lines, length));
        filling = taken;
        taken = lines;
        filled = 0;
    }

    private void await() {
        try {
            if (underWay != null) {
                underWay.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("nobody interrupts this thread", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("records could not be taken over", e.getCause());
        }
    }

    private void takeOver(byte[] lines, int length) {
        int line = 0;
        for (int i = 0; i < length; i++) {
            if (lines[i] == '\n') {
                takeOverLine(lines, line, i);
                line = i + 1;
            }
        }
    }

    private void takeOverLine(byte[] lines, int from, int to) {
        if (!parser.parse(lines, from, to, record)) {
            malformed++;
            return;
        }
        int before = store.size();
        LocationStore.Put put = herd.recall(record);
        if (put == LocationStore.Put.STORED) {
            records++;
            bytes += store.size() > before ? to + 1 - from : 0;
        } else if (put == LocationStore.Put.FULL) {
            full++;
        }
    }

    private void log(long start) {
        var event = damagedBytes > 0 || full > 0 ? log.atWarn() : log.atInfo();
        event.addKeyValue("records", records)
                .addKeyValue("beyondLimit", full)
                .addKeyValue("malformed", malformed)
                .addKeyValue("damagedBytes", damagedBytes)
                .addKeyValue("tornBytes", tornBytes)
                .addKeyValue("millis", (System.nanoTime() - start) / 1_000_000)
                .log("data.read");
    }
}
