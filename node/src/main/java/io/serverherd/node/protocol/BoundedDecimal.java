package io.serverherd.node.protocol;

/** Unsigned decimals with an upper bound, `\d+(\.\d+)?`: degrees, kilometres and counts. */
final class BoundedDecimal {
    private BoundedDecimal() {}

    /**
     * Where the number that begins at {@code from} ends, or −1 when there is none or it is greater than {@code max}.
     *
     * @param wholeDigits at most so many before the point, leading zeros included
     */
    static int end(byte[] buf, int from, int to, int max, int wholeDigits) {
        int i = from;
        int whole = 0;
        while (i < to && Fields.isDigit(buf[i])) {
            whole = whole * 10 + (buf[i] - '0');
            if (whole > max) {
                return -1;
            }
            i++;
        }
        if (i == from || i - from > wholeDigits) {
            return -1;
        }
        if (i == to || buf[i] != '.') {
            return i;
        }
        int point = i++;
        // Bits, not a decision for each digit: nobody can foresee these.
        int fraction = 0;
        while (i < to && Fields.isDigit(buf[i])) {
            fraction |= buf[i] ^ '0';
            i++;
        }
        return i == point + 1 || whole == max && fraction != 0 ? -1 : i;
    }

    /** As {@link #end}, of a whole number. */
    static int wholeEnd(byte[] buf, int from, int to, int max) {
        int i = end(buf, from, to, max, Integer.MAX_VALUE);
        for (int k = from; k < i; k++) {
            if (buf[k] == '.') {
                return -1;
            }
        }
        return i;
    }

    /** The value of a whole number that {@link #wholeEnd} found. */
    static int value(byte[] buf, int from, int end) {
        int value = 0;
        for (int i = from; i < end; i++) {
            value = value * 10 + (buf[i] - '0');
        }
        return value;
    }
}
