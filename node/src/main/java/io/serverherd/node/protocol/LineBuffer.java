package io.serverherd.node.protocol;

import java.util.Arrays;

/** Bytes that go out: a growing array that lines are appended to. */
public final class LineBuffer {
    /** Larger than this, the array is given back when the bytes have gone. */
    private static final int KEPT = 1 << 18;

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
        int n = 1;
        for (long power = 10; n < 18 && number >= power; power *= 10) {
            n++;
        }
        n = Math.max(n, digits);
        reserve(n);
        long rest = number;
        for (int i = length + n - 1; i >= length; i--) {
            array[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += n;
    }

    private void reserve(int more) {
        if (array.length - length < more) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, length + more));
        }
    }
}
