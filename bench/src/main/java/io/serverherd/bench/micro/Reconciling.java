package io.serverherd.bench.micro;

import io.serverherd.node.protocol.LocationRecord;
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
    private HerdEnd one;
    private HerdEnd other;

    @Setup
    public void fill() {
        chance = new Clients(clients);
        one = new HerdEnd(clients);
        other = new HerdEnd(clients);
        for (int client = 0; client < clients; client++) {
            LocationRecord record = line.newer(client);
            one.hear(record);
            other.hear(record);
        }
    }

    @Benchmark
    public long hundredRecords() {
        for (int i = 0; i < DIFFERING; i++) {
            one.hear(line.newer(chance.next()));
        }
        one.begin();
        while (!(one.complete() && other.complete())) {
            one.speakTo(other);
            other.speakTo(one);
        }
        if (one.digest() != other.digest()) {
            throw new IllegalStateException("reconciled, and not equal");
        }
        return other.digest();
    }
}
