package io.serverherd.node.net;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Whoever has bytes to send that did not come up in a read of its own: flushed once at the end of the loop pass,
 * however many bytes were added in it.
 */
public final class FlushQueue {
    /** Something with bytes to send. */
    public interface Flushable {
        void flush();
    }

    private final Executor loop;
    private final List<Flushable> waiting = new ArrayList<>();
    private final Runnable flush = this::flushAll;
    private boolean scheduled;

    public FlushQueue(Executor loop) {
        this.loop = loop;
    }

    /** Has it flushed when the loop is through with its sockets. Don't add twice before that. */
    public void add(Flushable flushable) {
        waiting.add(flushable);
        if (!scheduled) {
            scheduled = true;
            loop.execute(flush);
        }
    }

    private void flushAll() {
        // A flush may add others.
        for (int i = 0; i < waiting.size(); i++) {
            waiting.get(i).flush();
        }
        waiting.clear();
        scheduled = false;
    }
}
