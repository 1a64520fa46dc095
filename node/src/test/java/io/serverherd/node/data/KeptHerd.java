package io.serverherd.node.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;

import io.serverherd.node.herd.Herd;
import io.serverherd.node.herd.LocationStore;
import io.serverherd.node.metrics.Counters;
import io.serverherd.node.protocol.LineBuffer;
import io.serverherd.node.protocol.LocationRecord;
import io.serverherd.node.protocol.RecordParser;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a server is to its journal: a store and a herd on one loop. */
final class KeptHerd implements AutoCloseable {
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    private final LocationStore store;
    private final Herd herd;
    private final Journal journal;

    KeptHerd(Path folder) {
        this(folder, "five", "Alford", 1_000_000, RecordFile::make);
    }

    KeptHerd(Path folder, RecordFile.Maker files) {
        this(folder, "five", "Alford", 1_000_000, files);
    }

    KeptHerd(Path folder, String name, String server, int limit, RecordFile.Maker files) {
        store = new LocationStore(limit, 1 << 28, 42);
        herd = new Herd(store, new Counters());
        journal = Journal.open(folder, files, name, server, store, herd, loop);
        get(() -> journal.opened().toCompletableFuture().get(20, TimeUnit.SECONDS));
    }

    private static <T> T get(Callable<T> answer) {
        try {
            return answer.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    <T> T onLoop(Callable<T> question) {
        try {
            return loop.submit(question).get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    DataStatus status() {
        return journal.status();
    }

    void report(String client, int time) {
        report(client, time, time);
    }

    /** Reports of all times from the first to the last, in one go. */
    void report(String client, int first, int last) {
        onLoop(() -> {
            for (int time = first; time <= last; time++) {
                herd.report(record(JournalBytes.record(client, time)));
            }
            return null;
        });
    }

    /** A report of each client, in one go. */
    void reportOfAll(int clients, int time) {
        reportOfAll(clients, "c", time);
    }

    void reportOfAll(int clients, String name, int time) {
        onLoop(() -> {
            for (int client = 0; client < clients; client++) {
                herd.report(record(JournalBytes.record(name + client, time)));
            }
            return null;
        });
    }

    private static LocationRecord record(String line) {
        byte[] bytes = line.getBytes(ISO_8859_1);
        LocationRecord record = new LocationRecord();
        if (!new RecordParser().parse(bytes, 0, bytes.length - 1, record)) {
            throw new IllegalArgumentException(line);
        }
        return record;
    }

    /** The AT lines of all records. */
    TreeSet<String> records() {
        return onLoop(() -> {
            TreeSet<String> all = new TreeSet<>();
            LocationRecord record = new LocationRecord();
            for (int cursor = store.next(0, record); cursor != 0; cursor = store.next(cursor, record)) {
                LineBuffer line = new LineBuffer(64);
                record.appendLine(line);
                all.add(new String(line.array(), 0, line.length(), ISO_8859_1));
            }
            return all;
        });
    }

    long digest() {
        return onLoop(store::digest);
    }

    void awaitState(DataStatus.State state) {
        await().until(() -> status().state() == state);
    }

    @Override
    public void close() {
        if (!loop.isShutdown()) {
            get(() -> onLoop(journal::close).toCompletableFuture().get(20, TimeUnit.SECONDS));
            loop.shutdown();
        }
    }
}
