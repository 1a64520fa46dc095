package io.serverherd.bench.micro;

import io.serverherd.node.herd.LocationStore;
import io.serverherd.node.protocol.LocationRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A record into the store, of one of many clients that it knows. */
@State(Scope.Thread)
public class Storing {
    @Param({"10000", "1000000"})
    public int clients;

    private final RecordLine line = new RecordLine();
    private LocationStore store;
    private Clients chance;

    @Setup
    public void fill() {
        store = new LocationStore(clients, Long.MAX_VALUE, 42);
        chance = new Clients(clients);
        for (int client = 0; client < clients; client++) {
            store.report(line.newer(client));
        }
    }

    /** What making the record takes, in each of the others. */
    @Benchmark
    public LocationRecord recordAlone() {
        return line.newer(chance.next());
    }

    @Benchmark
    public LocationStore.Put report() {
        return store.report(line.newer(chance.next()));
    }

    @Benchmark
    public LocationStore.Put hear() {
        return store.hear(line.newer(chance.next()));
    }

    @Benchmark
    public LocationStore.Put stale() {
        return store.hear(line.older(chance.next()));
    }
}
