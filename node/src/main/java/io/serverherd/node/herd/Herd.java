package io.serverherd.node.herd;

import io.serverherd.node.metrics.Counters;
import io.serverherd.node.protocol.LineBuffer;
import io.serverherd.node.protocol.LocationRecord;
import java.util.Arrays;

/**
 * The flooding rule: a record that wins over the stored one is stored and offered to every neighbour except the one it
 * came from; any other ends here. Since each server passes a record on at most once, a record crosses each edge at most
 * twice: 2E − (N − 1) lines in all when nothing else is under way.
 *
 * <p>Not thread-safe: it belongs to one event loop.
 */
public final class Herd {
    private static final int LINE = 256;

    private final LocationStore store;
    private final Counters counters;
    private final LineBuffer line = new LineBuffer(LINE);
    /** Replaced, never changed: a link may come or go while one offers. */
    private HerdLink[] links = new HerdLink[0];

    private Runnable stored = () -> {};

    public Herd(LocationStore store, Counters counters) {
        this.store = store;
        this.counters = counters;
    }

    /** From now on the neighbour is offered what is new. */
    public void attach(HerdLink link) {
        links = Arrays.copyOf(links, links.length + 1);
        links[links.length - 1] = link;
    }

    public void detach(HerdLink link) {
        links = Arrays.stream(links).filter(other -> other != link).toArray(HerdLink[]::new);
    }

    /** To be called when a record was stored, and to be quick: the store tells which ones have changed. */
    public void whenStored(Runnable action) {
        stored = action;
    }

    /** A client's own report. */
    public void report(LocationRecord record) {
        settle(store.report(record), record, null);
    }

    /** A record that a neighbour passed on. */
    public void hear(LocationRecord record, HerdLink from) {
        counters.recordsReceived++;
        settle(store.hear(record), record, from);
    }

    /** A record that was kept from an earlier life: as one that a neighbour passed on, but counted by who recalls it. */
    public LocationStore.Put recall(LocationRecord record) {
        LocationStore.Put put = store.hear(record);
        if (put == LocationStore.Put.STORED) {
            flood(record, null);
        }
        return put;
    }

    private void settle(LocationStore.Put put, LocationRecord record, HerdLink from) {
        switch (put) {
            case STORED -> {
                counters.recordsStored++;
                stored.run();
                flood(record, from);
            }
            case STALE -> counters.recordsStale++;
            case FULL -> counters.recordsRefusedFull++;
        }
    }

    private void flood(LocationRecord record, HerdLink from) {
        HerdLink[] neighbours = links;
        if (neighbours.length == 0) {
            return;
        }
        line.clear();
        record.appendLine(line);
        for (HerdLink link : neighbours) {
            if (link != from) {
                link.offer(line.array(), 0, line.length());
            }
        }
    }
}
