package io.serverherd.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Load on one server, every reply of which is checked. In a closed loop the next request goes out for each reply; in an
 * open one requests go out when they are due, whatever the server does. All connections are opened at once and stay open;
 * one thread serves them all. Between windows nothing is under way.
 */
public final class Load implements AutoCloseable {
    private static final int READ_AT_ONCE = 1 << 18;
    /** So long, in nanoseconds, a server may say nothing at all. */
    private static final long PATIENCE = 10_000_000_000L;

    private final Candidate server;
    private final Shape shape;
    private final Selector selector = Selector.open();
    private final List<Connection> connections = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_AT_ONCE);
    private final byte[] buf = new byte[READ_AT_ONCE];
    private final Consumer<SelectionKey> ready = this::ready;
    private Latencies latencies;
    /** For each reply the next request goes out. */
    private boolean asking;
    /** Null in a closed loop. */
    private Timetable timetable;

    private int nextConnection;
    private long lastReply;

    public Load(Candidate server, Dialogue dialogue, Shape shape) throws IOException {
        this.server = server;
        this.shape = shape;
        int clients = dialogue.clients() / shape.connections();
        if (clients < shape.depth()) {
            throw new IllegalArgumentException(shape + " needs more than " + dialogue.clients() + " clients");
        }
        for (int i = 0; i < shape.connections(); i++) {
            connections.add(new Connection(server, selector, dialogue, i * clients, clients, shape.depth()));
        }
    }

    /**
     * Loads the server in a closed loop, and measures after a lead: the window begins with a server that is at work.
     *
     * @throws WrongReplyException when any reply is wrong, missing, out of order or too many
     */
    public Window run(Duration lead, Duration measured) throws IOException {
        asking = true;
        for (Connection connection : connections) {
            connection.ask(shape.depth(), System.nanoTime());
        }
        return measured(lead, measured);
    }

    /** The same in an open loop, with so many requests a second. */
    public Window run(int perSecond, Duration lead, Duration measured) throws IOException {
        timetable = new Timetable(perSecond, System.nanoTime());
        return measured(lead, measured);
    }

    private Window measured(Duration lead, Duration measured) throws IOException {
        try {
            return measure(lead, measured);
        } catch (WrongReplyException e) {
            throw new WrongReplyException(server.name() + ", " + shape + ": " + e.getMessage());
        }
    }

    private Window measure(Duration lead, Duration measured) throws IOException {
        latencies = new Latencies();
        lastReply = System.nanoTime();
        serveUntil(System.nanoTime() + lead.toNanos());
        latencies.clear();
        Effort before = Effort.of(server);
        long from = System.nanoTime();
        serveUntil(from + measured.toNanos());
        double seconds = (System.nanoTime() - from) / 1e9;
        Effort effort = Effort.of(server).since(before);
        Latencies counted = latencies;
        drain();
        return new Window(
                counted.count() / seconds,
                counted.percentile(50),
                counted.percentile(99),
                effort.ofServer() * 1e6 / counted.count(),
                effort.ofOthers(seconds));
    }

    private void serveUntil(long end) throws IOException {
        for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
            if (timetable == null) {
                serve(Math.max(1, (end - now) / 1_000_000));
            } else {
                askWhatIsDue(now);
                serve(1);
            }
        }
    }

    private void askWhatIsDue(long now) throws IOException {
        for (int due = timetable.due(now); due > 0; due--) {
            Optional<Connection> free = free();
            if (free.isEmpty()) {
                timetable.full();
                return;
            }
            free.get().ask(1, timetable.since());
            timetable.asked();
        }
    }

    /** The next connection that may have one more request under way. */
    private Optional<Connection> free() {
        for (int i = 0; i < connections.size(); i++) {
            Connection connection = connections.get(nextConnection);
            nextConnection = (nextConnection + 1) % connections.size();
            if (connection.underWay() < shape.depth()) {
                return Optional.of(connection);
            }
        }
        return Optional.empty();
    }

    /** Lets the last replies come in. */
    private void drain() throws IOException {
        latencies = new Latencies();
        asking = false;
        timetable = null;
        while (!connections.stream().allMatch(Connection::idle)) {
            serve(100);
        }
    }

    private void serve(long millis) throws IOException {
        try {
            selector.select(ready, millis);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (System.nanoTime() - lastReply > PATIENCE) {
            int missing = connections.stream().mapToInt(Connection::underWay).sum();
            throw new WrongReplyException("no reply for 10 s, and " + missing + " to come");
        }
    }

    private void ready(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        try {
            if (key.isWritable()) {
                connection.write();
            }
            if (key.isReadable()) {
                int replies = connection.read(in, buf, latencies);
                if (replies > 0) {
                    long now = System.nanoTime();
                    lastReply = now;
                    if (asking) {
                        connection.ask(replies, now);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.close();
        }
        selector.close();
    }
}
