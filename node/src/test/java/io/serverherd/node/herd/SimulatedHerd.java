package io.serverherd.node.herd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.node.metrics.Counters;
import io.serverherd.node.protocol.LineBuffer;
import io.serverherd.node.protocol.LocationRecord;
import io.serverherd.node.protocol.PeerMessage;
import io.serverherd.node.protocol.RangeLine;
import io.serverherd.node.protocol.RecordParser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * Servers of the real store, flooding rule and reconciliation, with queues of lines between them instead of sockets. A
 * step delivers one line of one queue, chosen by chance; a cut loses all that is in the two queues of an edge.
 */
final class SimulatedHerd {
    final List<Server> servers = new ArrayList<>();
    final TreeMap<String, Edge> edges = new TreeMap<>();
    private final Random random;
    /** Record lines that were queued for a neighbour, the measure of what flooding costs. */
    int recordLines;
    /** What went over all edges beside the records that were flooded. */
    int bytes;

    SimulatedHerd(int size, Random random) {
        this.random = random;
        for (int i = 0; i < size; i++) {
            servers.add(new Server("Server" + i, random.nextLong()));
        }
    }

    /** One server: what it holds, and its ends of edges. */
    static final class Server {
        final String name;
        final LocationStore store;
        final Herd herd;

        Server(String name, long seed) {
            this.name = name;
            this.store = new LocationStore(200_000, 1 << 26, seed);
            this.herd = new Herd(store, new Counters());
        }

        void report(String difference, String client, String location, String time) {
            herd.report(Records.of(name, difference, client, location, time));
        }
    }

    /** A link of two servers. */
    final class Edge {
        final End one;
        final End other;

        Edge(Server a, Server b) {
            one = new End(a);
            other = new End(b);
            one.to = other;
            other.to = one;
            one.open();
            other.open();
        }

        void cut() {
            one.close();
            other.close();
        }
    }

    /** One server's end of an edge. */
    final class End implements HerdLink {
        private final Server server;
        private final Reconciliation reconciliation;
        private final ArrayDeque<String> inbox = new ArrayDeque<>();
        private final RecordParser parser = new RecordParser();
        private final LocationRecord record = new LocationRecord();
        private End to;

        End(Server server) {
            this.server = server;
            this.reconciliation = new Reconciliation(server.store);
        }

        void open() {
            server.herd.attach(this);
            LineBuffer out = new LineBuffer(64);
            reconciliation.begin(out);
            send(out);
        }

        void close() {
            server.herd.detach(this);
            inbox.clear();
        }

        @Override
        public void offer(byte[] buf, int from, int end) {
            recordLines++;
            to.inbox.add(new String(buf, from, end - from - 1, ISO_8859_1));
        }

        boolean canStep() {
            return !inbox.isEmpty() || reconciliation.sending();
        }

        void step() {
            LineBuffer out = new LineBuffer(64);
            if (reconciliation.sending() && (inbox.isEmpty() || random.nextBoolean())) {
                reconciliation.send(out, 1);
            } else {
                receive(inbox.poll().getBytes(ISO_8859_1), out);
            }
            send(out);
        }

        private void receive(byte[] line, LineBuffer out) {
            if (parser.parse(line, 0, line.length, record)) {
                server.herd.hear(record, this);
                return;
            }
            switch (PeerMessage.of(line, 0, line.length)) {
                case DIGEST ->
                    reconciliation.digest(
                            PeerMessage.digest(line, 0, line.length).orElseThrow(), out);
                case RANGE ->
                    assertThat(RangeLine.read(line, 0, line.length))
                            .hasValueSatisfying(range ->
                                    assertThat(reconciliation.range(range)).isTrue());
                case COMPARED -> assertThat(reconciliation.compared()).isTrue();
                case RECONCILED -> reconciliation.reconciled();
                default -> throw new AssertionError(new String(line, ISO_8859_1));
            }
        }

        private void send(LineBuffer out) {
            bytes += out.length();
            new String(out.array(), 0, out.length(), ISO_8859_1).lines().forEach(to.inbox::add);
        }
    }

    void connect(int a, int b) {
        String key = Math.min(a, b) + "-" + Math.max(a, b);
        if (a != b && !edges.containsKey(key)) {
            edges.put(key, new Edge(servers.get(a), servers.get(b)));
        }
    }

    void cut(String key) {
        edges.remove(key).cut();
    }

    /** Delivers one line somewhere; false when all queues are empty. */
    boolean step() {
        List<End> ready = new ArrayList<>();
        for (Edge edge : edges.values()) {
            if (edge.one.canStep()) {
                ready.add(edge.one);
            }
            if (edge.other.canStep()) {
                ready.add(edge.other);
            }
        }
        if (ready.isEmpty()) {
            return false;
        }
        ready.get(random.nextInt(ready.size())).step();
        return true;
    }

    void settle() {
        while (step()) {
            // One line at a time, until nothing is under way.
        }
    }

    boolean reconciled() {
        return edges.values().stream()
                .allMatch(edge -> edge.one.reconciliation.complete() && edge.other.reconciliation.complete());
    }
}
