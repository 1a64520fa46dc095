package io.serverherd.node.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Cuts lines out of a byte array and copies nothing. A line ends at LF; one CR just before it belongs to the ending.
 *
 * <pre>{@code
 * framer.over(buf, from, scanned, to, limit);
 * while (framer.next()) { … framer.start() … framer.end() … }
 * … framer.tooLong(), framer.rest() …
 * }</pre>
 */
public final class LineFramer {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EVERY_BYTE = 0x0101010101010101L;

    private byte[] buf;
    private int to;
    private int limit;
    private int scan;
    private int start;
    private int end;
    private int rest;
    private boolean tooLong;

    /**
     * Begins with other bytes.
     *
     * @param from    where the first line begins
     * @param scanned up to here the bytes are known to hold no LF; {@code from} where nothing is known
     * @param to      behind the last byte
     * @param limit   longest line, in bytes without its ending
     */
    public void over(byte[] buf, int from, int scanned, int to, int limit) {
        this.buf = buf;
        this.to = to;
        this.limit = limit;
        this.rest = from;
        this.scan = scanned;
        this.tooLong = false;
    }

    /** Finds the next line; false when no whole one is left or the next one is too long. */
    public boolean next() {
        start = rest;
        int lf = indexOfLineFeed();
        int last = lf < 0 ? to : lf;
        // A CR at the end of an unfinished line may turn out to belong to the ending.
        end = last > start && buf[last - 1] == '\r' ? last - 1 : last;
        if (end - start > limit) {
            tooLong = true;
            return false;
        }
        if (lf < 0) {
            scan = to;
            return false;
        }
        rest = lf + 1;
        scan = rest;
        return true;
    }

    /** Where the line that {@link #next} found begins; after false, where the unfinished or too long one begins. */
    public int start() {
        return start;
    }

    /** Where it ends, without its ending. */
    public int end() {
        return end;
    }

    /** Whether {@link #next} stopped at a line beyond the limit. */
    public boolean tooLong() {
        return tooLong;
    }

    /** Where the bytes begin that are not yet part of a line found. */
    public int rest() {
        return rest;
    }

    private int indexOfLineFeed() {
        int i = scan;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long word = (long) LONG.get(buf, i) ^ '\n' * EVERY_BYTE;
            // The lowest byte that is zero has its high bit set here; higher bytes may be false alarms.
            long zeros = word - EVERY_BYTE & ~word & 0x80 * EVERY_BYTE;
            if (zeros != 0) {
                return i + (Long.numberOfTrailingZeros(zeros) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (buf[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
