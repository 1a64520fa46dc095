package io.serverherd.bench.micro;

import io.serverherd.node.herd.LocationStore;
import io.serverherd.node.herd.Reconciliation;
import io.serverherd.node.protocol.LineBuffer;
import io.serverherd.node.protocol.LocationRecord;
import io.serverherd.node.protocol.PeerMessage;
import io.serverherd.node.protocol.RangeLine;
import io.serverherd.node.protocol.RecordParser;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Two servers become equal again that differ in a hundred records of many. */
@State(Scope.Thread)
public class Reconciling {
    private static final int DIFFERING = 100;

    @Param("100000")
    public int clients;

    private final RecordLine line = new RecordLine();
    private Clients chance;
    private End one;
    private End other;

    @Setup
    public void fill() {
        chance = new Clients(clients);
        one = new End(clients);
        other = new End(clients);
        for (int client = 0; client < clients; client++) {
            LocationRecord record = line.newer(client);
            one.store.hear(record);
            other.store.hear(record);
        }
    }

    @Benchmark
    public long hundredRecords() {
        for (int i = 0; i < DIFFERING; i++) {
            one.store.hear(line.newer(chance.next()));
        }
        one.reconciliation.begin(one.out);
        while (!(one.reconciliation.complete() && other.reconciliation.complete())) {
            one.speakTo(other);
            other.speakTo(one);
        }
        if (one.store.digest() != other.store.digest()) {
            throw new IllegalStateException("reconciled, and not equal");
        }
        return other.store.digest();
    }

    /** One of the two servers. */
    private static final class End {
        private static final int CHUNK = 1 << 14;

        private final LocationStore store;
        private final Reconciliation reconciliation;
        private final LineBuffer out = new LineBuffer(CHUNK);
        private final RecordParser parser = new RecordParser();
        private final LocationRecord record = new LocationRecord();

        End(int clients) {
            store = new LocationStore(clients, Long.MAX_VALUE, 42);
            reconciliation = new Reconciliation(store);
        }

        void speakTo(End neighbour) {
            if (reconciliation.sending()) {
                reconciliation.send(out, CHUNK);
            }
            int from = 0;
            for (int i = 0; i < out.length(); i++) {
                if (out.array()[i] == '\n') {
                    neighbour.receive(out.array(), from, i);
                    from = i + 1;
                }
            }
            out.clear();
        }

        private void receive(byte[] buf, int from, int to) {
            switch (PeerMessage.of(buf, from, to)) {
                case AT -> {
                    if (parser.parse(buf, from, to, record)) {
                        store.hear(record);
                    }
                }
                case DIGEST ->
                    reconciliation.digest(PeerMessage.digest(buf, from, to).orElseThrow(), out);
                case RANGE -> reconciliation.range(RangeLine.read(buf, from, to).orElseThrow());
                case COMPARED -> reconciliation.compared();
                case RECONCILED -> reconciliation.reconciled();
                default -> throw new IllegalStateException("not of a reconciliation");
            }
        }
    }
}
