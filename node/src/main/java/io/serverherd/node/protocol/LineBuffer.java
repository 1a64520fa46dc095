package io.serverherd.node.protocol;

import java.util.Arrays;

/** Bytes that go out: a growing array that lines are appended to. */
public final class LineBuffer {
    /** Larger than this, the array is given back when the bytes have gone. */
    private static final int KEPT = 1 << 18;

    /** 00, 01, 02 … 99. */
    private static final byte[] PAIRS = new byte[200];

    private static final long[] POWERS_OF_TEN = new long[19];

    static {
        for (int i = 0; i < 100; i++) {
            PAIRS[2 * i] = (byte) ('0' + i / 10);
            PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
        }
        POWERS_OF_TEN[0] = 1;
        for (int i = 1; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
        }
    }

    private final int initial;
    private byte[] array;
    private int length;

    public LineBuffer(int initial) {
        this.initial = initial;
        this.array = new byte[initial];
    }

    /** The bytes; another array after anything was appended. */
    public byte[] array() {
        return array;
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    public void clear() {
        length = 0;
        if (array.length > KEPT) {
            array = new byte[initial];
        }
    }

    public void append(byte b) {
        reserve(1);
        array[length++] = b;
    }

    public void append(byte[] bytes) {
        append(bytes, 0, bytes.length);
    }

    public void append(byte[] buf, int from, int to) {
        reserve(to - from);
        System.arraycopy(buf, from, array, length, to - from);
        length += to - from;
    }

    /** Appends as many decimal digits as the number has, at least {@code digits}. For 0 to 10^18 − 1. */
    void appendDecimal(long number, int digits) {
        int n = Math.max(digits, digits(number));
        reserve(n);
        int end = length + n;
        int i = end;
        long rest = number;
        for (; i - length >= 2; i -= 2) {
            long next = rest / 100;
            int pair = (int) (rest - next * 100) * 2;
            array[i - 1] = PAIRS[pair + 1];
            array[i - 2] = PAIRS[pair];
            rest = next;
        }
        if (i > length) {
            array[i - 1] = (byte) ('0' + rest);
        }
        length = end;
    }

    private static int digits(long number) {
        // 1233 / 4096 is the logarithm of 2 to the base 10, closely enough for 64 bits.
        int least = (Long.SIZE - Long.numberOfLeadingZeros(number | 1)) * 1233 >>> 12;
        return number < POWERS_OF_TEN[least] ? Math.max(least, 1) : least + 1;
    }

    private void reserve(int more) {
        if (array.length - length < more) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, length + more));
        }
    }
}
