package io.serverherd.node.net;

import io.netty.buffer.ByteBuf;
import io.serverherd.node.protocol.LineFramer;

/**
 * The lines of one connection. What was read is copied once, behind the unfinished line of the read before, into the
 * loop's scratch array, and cut there. Between reads a connection keeps bytes only while a line is unfinished.
 */
public final class LineReader {
    /** What to do with lines. */
    public interface Sink {
        /** A line, without its ending. Returns whether to go on: after false the rest is kept. */
        boolean line(byte[] buf, int from, int to);

        /** A line beyond the limit, or what has come of it. The connection is of no use afterwards. */
        void tooLong(byte[] buf, int from, int to);
    }

    private static final byte[] NOTHING = {};

    private final ReadScratch scratch;
    private byte[] kept = NOTHING;
    private int keptBytes;
    /** So many of the kept bytes are known to hold no LF. */
    private int scanned;

    public LineReader(ReadScratch scratch) {
        this.scratch = scratch;
    }

    /** Takes bytes and gives the lines that are whole with them to the sink. */
    public void read(ByteBuf in, int limit, Sink sink) {
        int total = keptBytes + in.readableBytes();
        byte[] buf = scratch.array(total);
        System.arraycopy(kept, 0, buf, 0, keptBytes);
        in.readBytes(buf, keptBytes, total - keptBytes);
        cut(buf, total, limit, sink);
    }

    /** Takes bytes without looking at them. */
    public void keep(ByteBuf in) {
        int total = keptBytes + in.readableBytes();
        byte[] buf = scratch.array(total);
        System.arraycopy(kept, 0, buf, 0, keptBytes);
        in.readBytes(buf, keptBytes, total - keptBytes);
        keep(buf, 0, total);
    }

    /** Goes on where the sink had said to stop. */
    public void resume(int limit, Sink sink) {
        byte[] buf = scratch.array(keptBytes);
        System.arraycopy(kept, 0, buf, 0, keptBytes);
        cut(buf, keptBytes, limit, sink);
    }

    /** The input has ended: what is left is a line too, if it is not empty. */
    public void end(Sink sink) {
        int length = keptBytes;
        if (length > 0) {
            byte[] buf = scratch.array(length);
            System.arraycopy(kept, 0, buf, 0, length);
            discard();
            sink.line(buf, 0, length);
        }
    }

    /** Whether there is the begin of a line. */
    boolean inLine() {
        return keptBytes > 0;
    }

    /** Gives up what is kept. */
    public void discard() {
        scratch.giveBack(kept);
        kept = NOTHING;
        keptBytes = 0;
        scanned = 0;
    }

    private void cut(byte[] buf, int total, int limit, Sink sink) {
        LineFramer framer = scratch.framer();
        framer.over(buf, 0, scanned, total, limit);
        boolean more = true;
        while (more && framer.next()) {
            more = sink.line(buf, framer.start(), framer.end());
        }
        if (framer.tooLong()) {
            discard();
            sink.tooLong(buf, framer.start(), total);
        } else {
            keep(buf, framer.rest(), total);
            scanned = more ? keptBytes : 0;
        }
    }

    private void keep(byte[] buf, int from, int to) {
        int length = to - from;
        if (length == 0) {
            discard();
            return;
        }
        if (kept.length < length) {
            scratch.giveBack(kept);
            kept = scratch.take(length);
        }
        System.arraycopy(buf, from, kept, 0, length);
        keptBytes = length;
    }
}
