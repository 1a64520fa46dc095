package io.serverherd.node.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.serverherd.node.metrics.Counters;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections whose replies the kernel does not take, because the client does not read. They are closed in the end. */
final class StalledClients {
    private static final Logger log = LoggerFactory.getLogger(StalledClients.class);
    /** How often to look, in milliseconds. */
    private static final int PERIOD = 1_000;

    private final EventLoop loop;
    private final Counters counters;
    private final long patienceNanos;
    private final Map<Channel, Progress> stalled = new HashMap<>();

    /** How many bytes were still to go when that last changed, and when that was. */
    private record Progress(long left, long sinceNanos) {}

    /** @param patienceMillis how long a client may leave its replies unread */
    StalledClients(EventLoop loop, Counters counters, long patienceMillis) {
        this.loop = loop;
        this.counters = counters;
        this.patienceNanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    }

    /** Call after each write: notes the connection if not all of it has left. */
    void check(Channel client) {
        if (left(client) > 0 && !stalled.containsKey(client)) {
            if (stalled.isEmpty()) {
                loop.schedule(this::look, PERIOD, TimeUnit.MILLISECONDS);
            }
            stalled.put(client, new Progress(left(client), System.nanoTime()));
        }
    }

    private void look() {
        long now = System.nanoTime();
        for (Iterator<Map.Entry<Channel, Progress>> all = stalled.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Channel, Progress> one = all.next();
            long left = left(one.getKey());
            if (left == 0) {
                all.remove();
            } else if (left != one.getValue().left()) {
                one.setValue(new Progress(left, now));
            } else if (now - one.getValue().sinceNanos() >= patienceNanos) {
                all.remove();
                close(one.getKey(), left);
            }
        }
        if (!stalled.isEmpty()) {
            loop.schedule(this::look, PERIOD, TimeUnit.MILLISECONDS);
        }
    }

    private void close(Channel client, long left) {
        counters.clientsClosedSlow++;
        log.atWarn()
                .addKeyValue("client", client.remoteAddress())
                .addKeyValue("unread", left)
                .log("client.closed-unread");
        client.close();
    }

    /** Bytes that the kernel has not taken; 0 of a closed connection. */
    private static long left(Channel client) {
        ChannelOutboundBuffer out = client.unsafe().outboundBuffer();
        return out == null ? 0 : out.totalPendingWriteBytes() - out.currentProgress();
    }
}
