package io.serverherd.bench.micro;

import io.serverherd.node.herd.LocationStore;
import io.serverherd.node.herd.Reconciliation;
import io.serverherd.node.protocol.LineBuffer;
import io.serverherd.node.protocol.LocationRecord;
import io.serverherd.node.protocol.PeerMessage;
import io.serverherd.node.protocol.RangeLine;
import io.serverherd.node.protocol.RecordParser;

/** One end of a link between two servers: what it holds, and how it becomes equal to the other's. Not thread-safe. */
public final class HerdEnd {
    private static final int CHUNK = 1 << 14;

    private final LocationStore store;
    private final Reconciliation reconciliation;
    private final LineBuffer out = new LineBuffer(CHUNK);
    private final RecordParser parser = new RecordParser();
    private final LocationRecord record = new LocationRecord();

    /** @param clients how many it holds at most */
    public HerdEnd(int clients) {
        store = new LocationStore(clients, Long.MAX_VALUE, 42);
        reconciliation = new Reconciliation(store);
    }

    void hear(LocationRecord record) {
        store.hear(record);
    }

    void begin() {
        reconciliation.begin(out);
    }

    boolean complete() {
        return reconciliation.complete();
    }

    void speakTo(HerdEnd neighbour) {
        LineBuffer lines = say();
        int from = 0;
        for (int i = 0; i < lines.length(); i++) {
            if (lines.array()[i] == '\n') {
                neighbour.receive(lines.array(), from, i);
                from = i + 1;
            }
        }
        lines.clear();
    }

    /** The next of what it has to say; empty when that is nothing. To be cleared when it was said. */
    public LineBuffer say() {
        while (out.isEmpty() && reconciliation.sending()) {
            reconciliation.send(out, CHUNK);
        }
        return out;
    }

    /** A line has come from the other end. */
    public void receive(byte[] buf, int from, int to) {
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
            case PEER, PING -> {
                // Not of what they hold.
            }
            case UNKNOWN, GARBAGE -> throw new IllegalStateException("no server says that");
        }
    }

    /** The same at both ends when they hold the same. */
    public long digest() {
        return store.digest();
    }

    /** How many clients it knows of. */
    public int size() {
        return store.size();
    }
}
