package io.serverherd.node.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Whose journal a file is: {@code serverherd-records <format> <herd> <server>}, the line of its first block.
 *
 * @param format 1; a greater one is of a newer version and can't be read
 */
record JournalHeader(int format, String herd, String server) {
    static final int FORMAT = 1;

    private static final String WORD = "serverherd-records";

    /** The block to begin a file with. */
    ByteBuffer toBlock() {
        byte[] line = String.join(" ", WORD, Integer.toString(format), herd, server + "\n")
                .getBytes(US_ASCII);
        return ByteBuffer.allocate(Block.HEADER + line.length)
                .putInt(Block.MARK)
                .putInt(line.length)
                .putInt(new Block(new byte[0]).checksum(ByteBuffer.wrap(line)))
                .put(line)
                .flip();
    }

    /** The header that the bytes begin with; empty when they don't begin with a sound one. */
    static Optional<JournalHeader> of(ByteBuffer start) {
        if (start.remaining() < Block.HEADER || start.getInt() != Block.MARK) {
            return Optional.empty();
        }
        int length = start.getInt();
        int sum = start.getInt();
        if (length <= 0 || length > start.remaining()) {
            return Optional.empty();
        }
        ByteBuffer line = start.slice().limit(length);
        if (new Block(new byte[0]).checksum(line) != sum) {
            return Optional.empty();
        }
        String[] words = US_ASCII.decode(line.flip()).toString().split("[ \n]");
        return words.length < 4 || !words[0].equals(WORD) || !words[1].matches("[0-9]{1,9}")
                ? Optional.empty()
                : Optional.of(new JournalHeader(Integer.parseInt(words[1]), words[2], words[3]));
    }

    /** How many bytes of a file to read for {@link #of}: herds' names have at most 253 characters, servers' 32. */
    static int maxBytes() {
        return 1 << 10;
    }
}
