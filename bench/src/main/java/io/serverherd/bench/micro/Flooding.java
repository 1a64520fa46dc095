package io.serverherd.bench.micro;

import io.serverherd.node.herd.Herd;
import io.serverherd.node.herd.HerdLink;
import io.serverherd.node.herd.LocationStore;
import io.serverherd.node.metrics.Counters;
import io.serverherd.node.protocol.LineBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A new record into the store and into what goes out to the neighbours. */
@State(Scope.Thread)
public class Flooding {
    private static final int CLIENTS = 10_000;

    private final RecordLine line = new RecordLine();
    private final Clients chance = new Clients(CLIENTS);
    private final Counters counters = new Counters();
    private final Neighbour one = new Neighbour();
    private final Neighbour other = new Neighbour();
    private Herd herd;

    @Setup
    public void fill() {
        LocationStore store = new LocationStore(CLIENTS, Long.MAX_VALUE, 42);
        herd = new Herd(store, counters);
        herd.attach(one);
        herd.attach(other);
        for (int client = 0; client < CLIENTS; client++) {
            herd.report(line.newer(client));
        }
    }

    /** Goes on to two. */
    @Benchmark
    public long reported() {
        herd.report(line.newer(chance.next()));
        return counters.recordsStored;
    }

    /** Came from one of the two. */
    @Benchmark
    public long heard() {
        herd.hear(line.newer(chance.next()), one);
        return counters.recordsStored;
    }

    private static final class Neighbour implements HerdLink {
        private static final int SENT_AT = 1 << 14;

        private final LineBuffer out = new LineBuffer(2 * SENT_AT);

        @Override
        public void offer(byte[] buf, int from, int to) {
            if (out.length() > SENT_AT) {
                out.clear();
            }
            out.append(buf, from, to);
        }
    }
}
