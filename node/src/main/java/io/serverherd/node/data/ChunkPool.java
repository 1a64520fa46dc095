package io.serverherd.node.data;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The chunks between the event loop and the disk: as many as are needed at one time, and never more than the bound. That
 * is 16 MiB, what the busiest loop stores in about a tenth of a second.
 */
final class ChunkPool {
    static final int MAX = 64;

    private final Queue<Chunk> free = new ConcurrentLinkedQueue<>();
    private final AtomicInteger used = new AtomicInteger();

    /** A chunk in which a line of this length fits; null when all are on their way. Event loop only. */
    Chunk take(int line) {
        if (used.get() >= MAX) {
            return null;
        }
        used.incrementAndGet();
        if (Chunk.bytesFor(line) > Chunk.BYTES) {
            return new Chunk(Chunk.bytesFor(line));
        }
        Chunk chunk = free.poll();
        return chunk == null ? new Chunk(Chunk.BYTES) : chunk;
    }

    void giveBack(Chunk chunk) {
        chunk.clear();
        if (chunk.isPooled()) {
            free.add(chunk);
        }
        used.decrementAndGet();
    }

    int available() {
        return MAX - used.get();
    }
}
