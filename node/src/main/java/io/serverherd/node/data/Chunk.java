package io.serverherd.node.data;

import java.nio.ByteBuffer;

/**
 * A run of blocks on its way to the disk. The event loop fills it, the writer's thread seals and writes it; it belongs to
 * one of them at a time.
 */
final class Chunk {
    static final int BYTES = 1 << 16;

    // What is handed over between chunks.
    /** From here on a new file, beside those that are there. */
    static final Chunk EXTEND = new Chunk(0);
    /** From here on a new file, which all records come to. */
    static final Chunk BEGIN = new Chunk(0);
    /** They have all come. */
    static final Chunk COMPLETE = new Chunk(0);
    /** Nothing follows. */
    static final Chunk END = new Chunk(0);

    private static final int NONE = -1;

    private final ByteBuffer bytes;
    private int block = NONE;
    private long handedOver;

    Chunk(int capacity) {
        bytes = ByteBuffer.allocateDirect(capacity);
    }

    /** How many bytes a chunk needs for one line. */
    static int bytesFor(int line) {
        return Math.max(BYTES, line + Block.HEADER);
    }

    void handedOver(long nanoTime) {
        handedOver = nanoTime;
    }

    /** When the event loop was done with it. */
    long handedOver() {
        return handedOver;
    }

    boolean isMark() {
        return capacity() == 0;
    }

    int capacity() {
        return bytes.capacity();
    }

    /** Appends a line; false when it does not fit. */
    boolean append(byte[] buf, int from, int to) {
        int length = to - from;
        boolean opens = block == NONE || bytes.position() - block + length > Block.BYTES;
        if (bytes.remaining() < length + (opens ? Block.HEADER : 0)) {
            return false;
        }
        if (opens) {
            closeBlock();
            block = bytes.position();
            bytes.putInt(Block.MARK).putInt(0).putInt(0);
        }
        bytes.put(buf, from, length);
        return true;
    }

    private void closeBlock() {
        if (block != NONE) {
            bytes.putInt(block + Integer.BYTES, bytes.position() - block - Block.HEADER);
        }
    }

    /** Puts the checksums in place and returns the bytes that are to be written. */
    ByteBuffer seal(Block sums) {
        closeBlock();
        int end = bytes.position();
        int at = 0;
        while (at < end) {
            int lines = at + Block.HEADER;
            int next = lines + bytes.getInt(at + Integer.BYTES);
            bytes.limit(next).position(lines);
            bytes.putInt(lines - Integer.BYTES, sums.checksum(bytes));
            bytes.limit(end);
            at = next;
        }
        return bytes.position(0);
    }

    void clear() {
        bytes.clear();
        block = NONE;
    }
}
