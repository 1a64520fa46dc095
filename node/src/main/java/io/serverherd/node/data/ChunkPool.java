package io.serverherd.node.data;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The chunks between the event loop and the disk: as many as are needed at one time, and never more than the bound. That
 * is 16 MiB, what the busiest loop stores in about a tenth of a second, or less where the whole process has little.
 */
final class ChunkPool {
    private static final long MOST_BYTES = 16 << 20;
    private static final long LEAST_BYTES = 4 << 20;

    private final Queue<Chunk> free = new ConcurrentLinkedQueue<>();
    private final AtomicInteger used = new AtomicInteger();
    private final int size;

    ChunkPool() {
        // Chunks are outside of the heap, where Java allows as much again as the heap may have.
        long bytes =
                Math.min(MOST_BYTES, Math.max(LEAST_BYTES, Runtime.getRuntime().maxMemory() / 16));
        size = (int) (bytes / Chunk.BYTES);
    }

    /** A chunk in which a line of this length fits; null when there is no room for it. Event loop only. */
    Chunk take(int line) {
        int bytes = Chunk.bytesFor(line);
        int units = units(bytes);
        if (used.get() + units > size) {
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

    /** How many chunks can be had at once. */
    int size() {
        return size;
    }

    int available() {
        return size - used.get();
    }

    /** A longer one is made for its line alone, and counts as so many of the others. */
    private static int units(int bytes) {
        return (bytes + Chunk.BYTES - 1) / Chunk.BYTES;
    }
}
