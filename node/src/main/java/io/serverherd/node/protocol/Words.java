package io.serverherd.node.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The upper-case words that lines begin with. */
final class Words {
    static final byte[] IAMAT = bytes("IAMAT");
    static final byte[] WHATSAT = bytes("WHATSAT");
    static final byte[] AT = bytes("AT");
    static final byte[] PEER = bytes("PEER");
    static final byte[] PING = bytes("PING");
    static final byte[] DIGEST = bytes("DIGEST");
    static final byte[] RANGE = bytes("RANGE");
    static final byte[] COMPARED = bytes("COMPARED");
    static final byte[] RECONCILED = bytes("RECONCILED");

    private Words() {}

    /** Whether {@code [from, end)} is the word; bytes from {@code to} on are not looked at. */
    static boolean is(byte[] buf, int from, int end, int to, byte[] word) {
        return end <= to && Arrays.equals(buf, from, end, word, 0, word.length);
    }

    private static byte[] bytes(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
