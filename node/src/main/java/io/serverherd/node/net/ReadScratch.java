package io.serverherd.node.net;

import io.serverherd.node.protocol.LineFramer;
import java.util.ArrayDeque;

/** What the connections of one loop share for reading, since only one of them reads at a time. */
public final class ReadScratch {
    /** A burst of the size of a socket read, with an unfinished line before it. */
    private static final int INITIAL = 1 << 17;

    /** Unfinished lines are short as a rule: arrays of this size are reused. */
    private static final int SPARE_BYTES = 256;

    private static final int SPARES = 1024;

    private final LineFramer framer = new LineFramer();
    private final ArrayDeque<byte[]> spares = new ArrayDeque<>();
    private byte[] array = new byte[INITIAL];

    /** An array of at least so many bytes, the same one each time. */
    byte[] array(int bytes) {
        if (array.length < bytes) {
            array = new byte[Integer.highestOneBit(bytes - 1) * 2];
        }
        return array;
    }

    LineFramer framer() {
        return framer;
    }

    /** An array to keep an unfinished line in. */
    byte[] take(int bytes) {
        if (bytes > SPARE_BYTES) {
            return new byte[Integer.highestOneBit(bytes - 1) * 2];
        }
        byte[] spare = spares.poll();
        return spare == null ? new byte[SPARE_BYTES] : spare;
    }

    void giveBack(byte[] kept) {
        if (kept.length == SPARE_BYTES && spares.size() < SPARES) {
            spares.push(kept);
        }
    }
}
