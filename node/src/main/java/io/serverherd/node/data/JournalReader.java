package io.serverherd.node.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The sound blocks of a journal, in whatever state it is: where a block is not sound, the next one that is is looked for
 * byte by byte.
 */
final class JournalReader {
    /** Takes the lines of one block, {@code [from, to)}. They are the reader's again on return. */
    interface Sink {
        void lines(byte[] buf, int from, int to);
    }

    private static final int WINDOW = 1 << 18;
    private static final int INT = Integer.BYTES;

    private final Block sums;
    private final Sink sink;

    private InputStream in;
    /** Bytes of the file that were read and are still needed. */
    private byte[] window = new byte[WINDOW];

    private int from;
    private int to;
    private boolean ended;

    private long damaged;
    private long torn;

    JournalReader(String herd, Sink sink) {
        this.sums = new Block(herd.getBytes(US_ASCII));
        this.sink = sink;
    }

    /** Bytes, of all files read so far, that belong to no sound block. */
    long damagedBytes() {
        return damaged;
    }

    /** Bytes of blocks that a file ends in the middle of, as it does when its writer was killed. */
    long tornBytes() {
        return torn;
    }

    /** Reads one file. @throws IOException when it can't be read to its end */
    void read(InputStream file) throws IOException {
        in = file;
        from = 0;
        to = 0;
        ended = false;
        skipHeader();
        long unsound = 0;
        boolean cutOff = false;
        while (fill(1)) {
            int length = lengthOfBlock();
            boolean whole = length > 0 && fill(Block.HEADER + length);
            if (whole && isSound(length)) {
                damaged += unsound;
                unsound = 0;
                int lines = from + Block.HEADER;
                sink.lines(window, lines, lines + length);
                from = lines + length;
            } else {
                if (unsound == 0) {
                    cutOff = !whole && beginsLikeABlock();
                }
                from++;
                unsound++;
            }
        }
        if (cutOff) {
            torn += unsound;
        } else {
            damaged += unsound;
        }
    }

    private void skipHeader() throws IOException {
        fill(JournalHeader.maxBytes());
        ByteBuffer start = ByteBuffer.wrap(window, from, to - from);
        if (JournalHeader.of(start).isPresent()) {
            from += Block.HEADER + start.getInt(INT);
        }
    }

    /** What the bytes say the length of the block is that begins with them; 0 when none begins here. */
    private int lengthOfBlock() throws IOException {
        if (window[from] != (byte) (Block.MARK >> 24) || !fill(Block.HEADER) || intAt(from) != Block.MARK) {
            return 0;
        }
        int length = intAt(from + INT);
        return length > 0 && length <= Block.MAX_BYTES ? length : 0;
    }

    private boolean isSound(int length) {
        int lines = from + Block.HEADER;
        return sums.checksum(ByteBuffer.wrap(window, lines, length)) == intAt(from + 2 * INT);
    }

    /** Whether all of the file that is left could be the begin of a block. */
    private boolean beginsLikeABlock() throws IOException {
        if (!fill(Block.HEADER)) {
            byte[] mark = ByteBuffer.allocate(INT).putInt(Block.MARK).array();
            int length = Math.min(to - from, INT);
            return Arrays.equals(window, from, from + length, mark, 0, length);
        }
        return lengthOfBlock() > 0;
    }

    private int intAt(int index) {
        return ByteBuffer.wrap(window).getInt(index);
    }

    /** Whether there are so many bytes from {@link #from} on. */
    private boolean fill(int bytes) throws IOException {
        if (to - from >= bytes) {
            return true;
        }
        if (ended) {
            return false;
        }
        if (window.length - from < bytes) {
            byte[] next = window.length < bytes ? new byte[bytes * 2] : window;
            System.arraycopy(window, from, next, 0, to - from);
            window = next;
            to -= from;
            from = 0;
        }
        int read = in.readNBytes(window, to, window.length - to);
        ended = read < window.length - to;
        to += read;
        return to - from >= bytes;
    }
}
