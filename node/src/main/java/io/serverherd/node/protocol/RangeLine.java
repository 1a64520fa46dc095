package io.serverherd.node.protocol;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/**
 * A RANGE line: the digests of the parts of a range, sixteen at most.
 *
 * @param level   how many hexadecimal digits name the range
 * @param range   the number that these digits are
 * @param digests of its parts, in their order
 */
public record RangeLine(int level, int range, long[] digests) {
    private static final int MOST_PARTS = 16;
    private static final int DIGITS = 16;
    /** A range of the deepest level has no parts. */
    private static final int MAX_LEVEL = 3;

    /**
     * Appends the line of a range.
     *
     * @param digest the digest of a part, by its number from 0 on
     */
    public static void append(LineBuffer out, int level, int range, int parts, IntToLongFunction digest) {
        StringBuilder rest = new StringBuilder(level + 1 + parts * DIGITS);
        if (level > 0) {
            rest.append(HexFormat.of().toHexDigits(range, level)).append(' ');
        }
        for (int part = 0; part < parts; part++) {
            rest.append(HexFormat.of().toHexDigits(digest.applyAsLong(part)));
        }
        PeerMessage.appendLine(out, PeerMessage.RANGE, rest.toString());
    }

    /** Reads a line; empty when it is not as it should be. */
    public static Optional<RangeLine> read(byte[] buf, int from, int to) {
        String[] fields = PeerMessage.fields(buf, from, to);
        String digests = fields[fields.length - 1];
        String name = fields.length == 3 ? fields[1] : "";
        boolean right = (fields.length == 2 || fields.length == 3 && !name.isEmpty())
                && name.length() <= MAX_LEVEL
                && PeerMessage.isHex(name)
                && digests.length() % DIGITS == 0
                && digests.length() <= MOST_PARTS * DIGITS
                && PeerMessage.isHex(digests);
        return right ? Optional.of(new RangeLine(name.length(), number(name), parts(digests))) : Optional.empty();
    }

    private static int number(String name) {
        return name.isEmpty() ? 0 : HexFormat.fromHexDigits(name);
    }

    private static long[] parts(String digests) {
        long[] parts = new long[digests.length() / DIGITS];
        Arrays.setAll(parts, i -> HexFormat.fromHexDigitsToLong(digests, i * DIGITS, (i + 1) * DIGITS));
        return parts;
    }
}
