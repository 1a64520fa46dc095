package io.serverherd.node.peer;

import io.serverherd.node.config.Neighbour;
import io.serverherd.node.herd.Herd;
import io.serverherd.node.herd.LocationStore;
import io.serverherd.node.herd.Records;
import io.serverherd.node.metrics.Counters;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Locale;

/** Server Ball of herd h, whose clock stands still and whose dials end as the test says. */
final class PeerFixture implements Dialler {
    static final long LAST_SECOND = 2_000_000_000;
    final VirtualTimer timer = new VirtualTimer();
    final Counters counters = new Counters();
    final LocationStore store = new LocationStore(100_000, 1 << 26, 42);
    final Herd herd = new Herd(store, counters);
    final ArrayDeque<Outcome> dials = new ArrayDeque<>();
    int dialled;
    Neighbour lastDialled;
    final PeerSettings settings = new PeerSettings(
            "h",
            "Ball",
            herd,
            store,
            this,
            timer,
            () -> Instant.ofEpochMilli(timer.millis()),
            () -> LAST_SECOND,
            () -> 0.0,
            counters);

    @Override
    public void dial(Neighbour neighbour, Outcome outcome) {
        dialled++;
        lastDialled = neighbour;
        dials.add(outcome);
    }

    static Neighbour neighbour(String server) {
        return new Neighbour(server, server.toLowerCase(Locale.ROOT) + ".test", 12_100, false);
    }

    void report(String client, int time) {
        herd.report(Records.of("AT Ball +0.1 " + client + " +1+1 " + time));
    }

    String digest() {
        return "DIGEST %016x %d".formatted(store.digest(), store.size());
    }
}
