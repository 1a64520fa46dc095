package io.serverherd.node.protocol;

/** How a line falls into fields: separated by one or more white-space bytes, with any number of them around. */
public final class Fields {
    /** Bit b is set when byte b is white space: tab, LF, VT, FF, CR and space, and no others. */
    private static final long WHITE_SPACE = 1L << '\t' | 1L << '\n' | 1L << 0x0b | 1L << '\f' | 1L << '\r' | 1L << ' ';

    private Fields() {}

    /** NUL, 0x1c–0x1f and all bytes above 0x7f are ordinary bytes. */
    public static boolean isWhiteSpace(byte b) {
        return b <= ' ' && b >= 0 && (WHITE_SPACE >>> b & 1) != 0;
    }

    /** Where the next field begins, or {@code to}. */
    public static int start(byte[] buf, int from, int to) {
        int i = from;
        while (i < to && isWhiteSpace(buf[i])) {
            i++;
        }
        return i;
    }

    /** Where the field that begins at {@code from} ends. */
    public static int end(byte[] buf, int from, int to) {
        int i = from;
        while (i < to && !isWhiteSpace(buf[i])) {
            i++;
        }
        return i;
    }

    /** Whether {@code at} is the end of a field and another one may follow: there is white space. */
    static boolean separated(byte[] buf, int at, int to) {
        return at >= 0 && at < to && isWhiteSpace(buf[at]);
    }

    /** Whether nothing but white space is left. */
    static boolean finished(byte[] buf, int at, int to) {
        return at >= 0 && start(buf, at, to) == to;
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
