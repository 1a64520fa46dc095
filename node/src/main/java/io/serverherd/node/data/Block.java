package io.serverherd.node.data;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What a journal consists of, so that damage costs one block and not what follows it:
 *
 * <pre>
 * block    mark │ length of the lines │ CRC-32C of salt, length and lines │ lines       three int, big-endian; lines
 * first    a line that tells whose journal this is, see {@link JournalHeader}; no salt
 * others   AT lines, each with its LF; salted with the herd's name: another herd's block is as good as damaged
 * </pre>
 */
final class Block {
    /** No byte of it is in an AT line as this version writes one, other than in a client's identifier. */
    static final int MARK = 0xC7_D1_A0_9B;

    static final int HEADER = 3 * Integer.BYTES;
    /** A block is closed at this many bytes: what a flipped bit costs at most. One longer line is a block too. */
    static final int BYTES = 1 << 14;
    /** No block is longer: lines of neighbours have at most 1 MiB and a bit. */
    static final int MAX_BYTES = 1 << 21;

    private final CRC32C crc = new CRC32C();
    private final byte[] salt;
    private final ByteBuffer lengthBytes = ByteBuffer.allocate(Integer.BYTES);

    Block(byte[] salt) {
        this.salt = salt;
    }

    /** The checksum of the lines that the buffer is limited to. Leaves the buffer's position behind them. */
    int checksum(ByteBuffer lines) {
        crc.reset();
        crc.update(salt);
        crc.update(lengthBytes.clear().putInt(lines.remaining()).flip());
        crc.update(lines);
        return (int) crc.getValue();
    }
}
