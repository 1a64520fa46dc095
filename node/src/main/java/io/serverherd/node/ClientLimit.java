package io.serverherd.node;

import io.netty.channel.EventLoop;
import io.serverherd.node.herd.LocationStore;
import io.serverherd.node.metrics.Counters;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the store at the limit of clients when that is lowered, and says when clients have had to go. */
final class ClientLimit {
    private static final Logger log = LoggerFactory.getLogger(ClientLimit.class);
    /** Some of them at a time, about a millisecond, so that the loop sees to its clients in between. */
    private static final int AT_ONCE = 1_000;
    /** How often to look, in milliseconds, and how many looks without a word after one. */
    private static final int PERIOD = 1_000;

    private static final int SILENT_LOOKS = 60;

    private final EventLoop loop;
    private final LocationStore store;
    private final Counters counters;
    private int limit;
    private int silentLooks;

    ClientLimit(EventLoop loop, LocationStore store, Counters counters) {
        this.loop = loop;
        this.store = store;
        this.counters = counters;
        loop.scheduleWithFixedDelay(this::look, PERIOD, PERIOD, TimeUnit.MILLISECONDS);
    }

    /** Changes the limit. Event loop only. */
    void apply(int clients) {
        limit = clients;
        store.limit(clients);
        trim();
    }

    private void trim() {
        if (store.evict(AT_ONCE)) {
            loop.execute(this::trim);
        }
    }

    private void look() {
        silentLooks = Math.max(0, silentLooks - 1);
        if (store.evicted() > counters.clientsEvicted && silentLooks == 0) {
            silentLooks = SILENT_LOOKS;
            log.atWarn()
                    .addKeyValue("limit", limit)
                    .addKeyValue("evicted", store.evicted())
                    .log("clients.evicted");
        }
        counters.clientsEvicted = store.evicted();
    }
}
