package io.serverherd.node.peer;

import io.serverherd.node.config.Neighbour;
import io.serverherd.node.herd.Herd;
import io.serverherd.node.herd.LocationStore;
import io.serverherd.node.herd.Records;
import io.serverherd.node.metrics.Counters;
import io.serverherd.node.protocol.LineBuffer;
import io.serverherd.node.protocol.LocationRecord;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * A herd without threads, clocks and sockets: the real store, flooding rule, peer table, links and reconciliation of each
 * server, over connections whose bytes take their virtual time. One random number generator decides all that is left to
 * chance, so that a seed replays a run.
 */
final class SimulatedNetwork {
    /** What waits in a connection before it takes no more, and before it takes more again: small, to be reached often. */
    private static final int HIGH_WATER = 4_096;

    private static final int LOW_WATER = 1_024;
    /** How often a connection tries to get through a partition, in microseconds. */
    private static final int RETRANSMISSION = 10_000;

    private final Random random;
    private final LongSupplier latency;
    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.<Event>comparingLong(event -> event.at).thenComparingLong(event -> event.sequence));
    /** Pairs of servers that do not reach each other: the lesser name, a space, the greater. */
    private final Set<String> partitions = new HashSet<>();

    final Map<String, Server> servers = new LinkedHashMap<>();
    private long now = 1_000_000_000;
    private long sequence;

    private static final class Event {
        final long at;
        final long sequence;
        Runnable task;

        Event(long at, long sequence, Runnable task) {
            this.at = at;
            this.sequence = sequence;
            this.task = task;
        }
    }

    /** @param latency of the next chunk of bytes, in microseconds */
    SimulatedNetwork(Random random, LongSupplier latency) {
        this.random = random;
        this.latency = latency;
    }

    /** In microseconds. */
    long now() {
        return now;
    }

    Server add(String name) {
        Server server = new Server(name, random.nextInt(7_200) - 3_600);
        servers.put(name, server);
        return server;
    }

    private LoopTimer.Scheduled after(long micros, Runnable task) {
        Event event = new Event(now + micros, sequence++, task);
        events.add(event);
        return () -> event.task = () -> {};
    }

    /** Does what is due within the next so many microseconds. */
    void pass(long micros) {
        long end = now + micros;
        while (!events.isEmpty() && events.peek().at <= end) {
            Event event = events.poll();
            now = event.at;
            event.task.run();
        }
        now = end;
    }

    void partition(String a, String b) {
        partitions.add(pair(a, b));
    }

    void heal(String a, String b) {
        partitions.remove(pair(a, b));
    }

    void healAll() {
        partitions.clear();
    }

    private boolean reaches(Server a, Server b) {
        return !partitions.contains(pair(a.name, b.name));
    }

    private static String pair(String a, String b) {
        return a.compareTo(b) < 0 ? a + ' ' + b : b + ' ' + a;
    }

    /** One server of the herd, with what it keeps while it is down if it has a disk. */
    final class Server implements Dialler, LoopTimer {
        final String name;
        private final int clockOffsetSeconds;
        final Set<String> neighbours = new HashSet<>();
        /** Those to which the edge requires TLS, if there is one. */
        final Set<String> withTls = new HashSet<>();
        /** Counts its lives: what was begun in an earlier one is never finished. */
        private int life;

        private boolean up;
        Counters counters;
        LocationStore store;
        private Herd herd;
        private PeerSettings settings;
        private PeerTable table;
        private final List<Socket> sockets = new ArrayList<>();

        private Server(String name, int clockOffsetSeconds) {
            this.name = name;
            this.clockOffsetSeconds = clockOffsetSeconds;
            start(List.of());
        }

        boolean up() {
            return up;
        }

        /** @param kept records that a disk has kept, as AT lines */
        void start(List<String> kept) {
            up = true;
            counters = new Counters();
            store = new LocationStore(200_000, 1 << 26, random.nextLong());
            herd = new Herd(store, counters);
            settings = new PeerSettings(
                    "herd",
                    name,
                    herd,
                    store,
                    this,
                    this,
                    () -> Instant.ofEpochSecond(now / 1_000_000 + clockOffsetSeconds),
                    () -> Long.MAX_VALUE,
                    random::nextDouble,
                    counters);
            table = new PeerTable(settings);
            kept.forEach(line -> herd.recall(Records.of(line)));
            applyNeighbours();
        }

        /** As {@code kill -9}: the kernel closes its connections. Returns the records that it held. */
        List<String> kill() {
            life++;
            up = false;
            List.copyOf(sockets).forEach(Socket::abort);
            return records();
        }

        /** To be called when {@link #neighbours} or {@link #withTls} have changed. */
        void applyNeighbours() {
            if (up) {
                table.apply(neighbours.stream()
                        .sorted()
                        .map(neighbour ->
                                new Neighbour(neighbour, neighbour + ".test", 12_100, withTls.contains(neighbour)))
                        .toList());
            }
        }

        /** A client's report. Returns its AT line if it was news to the server, else null. */
        String report(String client, String location, String time) {
            String line = "AT " + name + " +0.100000000 " + client + ' ' + location + ' ' + time;
            long before = counters.recordsStored;
            herd.report(Records.of(line));
            return counters.recordsStored > before ? line : null;
        }

        /** What it holds, as AT lines. */
        List<String> records() {
            List<String> lines = new ArrayList<>();
            LocationRecord record = new LocationRecord();
            for (int cursor = store.next(0, record); cursor != 0; cursor = store.next(cursor, record)) {
                lines.add(Records.text(record));
            }
            return lines;
        }

        /** Whether there is one connection to each of the neighbours, as it is to be, over which both have what the other has. */
        boolean settled() {
            return sockets.size() == neighbours.size()
                    && neighbours.stream()
                            .allMatch(to -> table.link(to).state() == PeerLink.State.LIVE
                                    && table.link(to).snapshot().tls() == withTls.contains(to));
        }

        /** How its links are, against how they are to be. */
        @Override
        public String toString() {
            return name + ": " + sockets.size() + " connections; "
                    + neighbours.stream()
                            .sorted()
                            .map(to -> to + " " + table.link(to).state()
                                    + (table.link(to).snapshot().tls() ? " with TLS" : " plain")
                                    + (withTls.contains(to) ? ", TLS wanted" : ", plain wanted"))
                            .toList()
                    + " digest " + store.digest();
        }

        /** It sends a line once more, over one of its connections. */
        void repeat(String line) {
            if (!sockets.isEmpty()) {
                Socket socket = sockets.get(random.nextInt(sockets.size()));
                Records.of(line).appendLine(socket.out());
                socket.flushLater();
            }
        }

        /** It stops reading one of its connections for a while. */
        void stall(long micros) {
            if (!sockets.isEmpty()) {
                sockets.get(random.nextInt(sockets.size())).stall(micros);
            }
        }

        @Override
        public void dial(Neighbour neighbour, Outcome outcome) {
            int of = life;
            Server to = servers.get(neighbour.server());
            SimulatedNetwork.this.after(latency.getAsLong(), () -> {
                if (of != life || !reaches(this, to)) {
                    return;
                }
                if (!to.up) {
                    outcome.failed("connection refused");
                    return;
                }
                Socket near = new Socket(this, neighbour.tls());
                Socket far = new Socket(to, neighbour.tls());
                near.far = far;
                far.far = near;
                far.listener(new PeerGreeting(to.settings, to.table, far, name));
                outcome.connected(near);
            });
        }

        @Override
        public Scheduled after(long millis, Runnable task) {
            return SimulatedNetwork.this.after(millis * 1_000, inThisLife(task));
        }

        @Override
        public void soon(Runnable task) {
            SimulatedNetwork.this.after(0, inThisLife(task));
        }

        @Override
        public long millis() {
            return now / 1_000;
        }

        private Runnable inThisLife(Runnable task) {
            int of = life;
            return () -> {
                if (of == life) {
                    task.run();
                }
            };
        }
    }

    /** One end of a connection. What is sent arrives in order, each chunk a while after it was sent. */
    private final class Socket implements PeerSocket {
        private final Server owner;
        private final LineBuffer out = new LineBuffer(256);
        private final ArrayDeque<Arrival> underWay = new ArrayDeque<>();
        private final boolean tls;
        private Socket far;
        private Listener listener;
        private boolean flushing;
        private boolean closed;
        private boolean delivering;
        /** Sent, and not yet taken by the other end. */
        private int bytesUnderWay;

        private boolean full;
        private long lastArrival;
        private long stalledUntil;

        private record Arrival(long at, Runnable task) {}

        Socket(Server owner, boolean tls) {
            this.owner = owner;
            this.tls = tls;
            owner.sockets.add(this);
        }

        /** Reads nothing for a while. */
        void stall(long micros) {
            stalledUntil = now + micros;
        }

        @Override
        public Optional<String> proven() {
            return tls ? Optional.of(far.owner.name) : Optional.empty();
        }

        @Override
        public void listener(Listener to) {
            listener = to;
        }

        @Override
        public LineBuffer out() {
            return out;
        }

        @Override
        public void flushLater() {
            if (!flushing) {
                flushing = true;
                owner.soon(this::flush);
            }
        }

        @Override
        public boolean writable() {
            return !full;
        }

        @Override
        public void close() {
            flush();
            abort();
        }

        /** As the kernel does for a process that is gone: what was not sent yet is lost. */
        void abort() {
            if (!closed) {
                closed = true;
                owner.sockets.remove(this);
                send(far::closedByOther);
            }
        }

        private void flush() {
            flushing = false;
            if (closed || out.isEmpty()) {
                return;
            }
            byte[] bytes = Arrays.copyOf(out.array(), out.length());
            out.clear();
            bytesUnderWay += bytes.length;
            full |= bytesUnderWay > HIGH_WATER;
            send(() -> far.receive(bytes));
        }

        private void send(Runnable arrival) {
            lastArrival = Math.max(lastArrival, now + latency.getAsLong());
            underWay.add(new Arrival(lastArrival, arrival));
            if (!delivering) {
                delivering = true;
                after(lastArrival - now, this::deliver);
            }
        }

        private void deliver() {
            if (!reaches(owner, far.owner) || now < far.stalledUntil) {
                after(RETRANSMISSION, this::deliver);
                return;
            }
            while (!underWay.isEmpty() && underWay.peek().at <= now) {
                underWay.poll().task.run();
            }
            delivering = !underWay.isEmpty();
            if (delivering) {
                after(underWay.peek().at - now, this::deliver);
            }
        }

        private void receive(byte[] bytes) {
            far.taken(bytes.length);
            if (closed) {
                return;
            }
            listener.received();
            for (int from = 0, to = 0; to < bytes.length && !closed; to++) {
                if (bytes[to] == '\n') {
                    listener.line(bytes, from, to);
                    from = to + 1;
                }
            }
        }

        private void taken(int bytes) {
            bytesUnderWay -= bytes;
            if (full && bytesUnderWay <= LOW_WATER) {
                full = false;
                if (!closed) {
                    listener.writable();
                }
            }
        }

        private void closedByOther() {
            if (!closed) {
                closed = true;
                owner.sockets.remove(this);
                listener.closed("the neighbour closed it");
            }
        }
    }
}
