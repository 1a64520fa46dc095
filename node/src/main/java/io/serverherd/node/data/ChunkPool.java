package io.serverherd.node.data;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The chunks between the event loop and the disk: as many as are needed at one time, and never more than 4 MiB. More is of
 * no use: what finds no room stays in the store, where newer records of the same clients take its place.
 */
final class ChunkPool {
    private static final int SIZE = (4 << 20) / Chunk.BYTES;

    private final Queue<Chunk> free = new ConcurrentLinkedQueue<>();
    private final AtomicInteger used = new AtomicInteger();

    /** A chunk in which a line of this length fits; null when there is no room for it. Event loop only. */
    Chunk take(int line) {
        int bytes = Chunk.bytesFor(line);
        int units = units(bytes);
        if (used.get() + units > SIZE) {
            return null;
        }
        used.addAndGet(units);
        Chunk chunk = units == 1 ? free.poll() : null;
        return chunk == null ? new Chunk(bytes) : chunk;
    }

    void giveBack(Chunk chunk) {
        int units = units(chunk.capacity());
        chunk.clear();
        if (units == 1) {
            free.add(chunk);
        }
        used.addAndGet(-units);
    }

    /** A longer one is made for its line alone, and counts as so many of the others. */
    private static int units(int bytes) {
        return (bytes + Chunk.BYTES - 1) / Chunk.BYTES;
    }
}
