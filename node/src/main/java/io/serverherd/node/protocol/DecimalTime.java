package io.serverherd.node.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * POSIX seconds `\d+(\.\d+)?` of any number of digits: their order, which is exact, and their value cut to whole
 * nanoseconds, which is what differences are computed from. A reused view.
 */
public final class DecimalTime {
    /** Stands for every number of seconds that needs more than 18 digits: 30 billion years. */
    private static final long TOO_MANY_SECONDS = 1_000_000_000_000_000_000L;

    private static final int NANO_DIGITS = 9;

    private static final int USUAL_POINT = 10;
    private static final int USUAL_LENGTH = USUAL_POINT + 1 + NANO_DIGITS;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ZEROS = 0x3030_3030_3030_3030L;
    /** Added to a byte below 0x80, sets its high bit if it is above nine. */
    private static final long ABOVE_NINE = 0x7676_7676_7676_7676L;

    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private long seconds;
    private int nanos;

    public long seconds() {
        return seconds;
    }

    /** 0 to 999,999,999; digits beyond the ninth are cut off. */
    public int nanos() {
        return nanos;
    }

    /** Reads the time that begins at {@code from}. Returns where it ends, or −1 when there is none. */
    public int read(byte[] buf, int from, int to) {
        return readUsual(buf, from, to) ? from + USUAL_LENGTH : readAny(buf, from, to);
    }

    /** Ten digits, the point and nine digits, as times of this era are spelled to the nanosecond; false: another time. */
    private boolean readUsual(byte[] buf, int from, int to) {
        int end = from + USUAL_LENGTH;
        if (to < end || buf[from + USUAL_POINT] != '.' || to > end && Fields.isDigit(buf[end])) {
            return false;
        }
        long high = (long) LONG.get(buf, from) ^ ZEROS;
        long low = (long) LONG.get(buf, from + USUAL_POINT + 1) ^ ZEROS;
        int tens = buf[from + 8] - '0';
        int ones = buf[from + 9] - '0';
        int last = buf[end - 1] - '0';
        if (((high | low | high + ABOVE_NINE | low + ABOVE_NINE) & HIGH_BITS) != 0
                || !Fields.isDigit(buf[from + 8])
                || !Fields.isDigit(buf[from + 9])
                || !Fields.isDigit(buf[end - 1])) {
            return false;
        }
        seconds = value(high) * 100 + tens * 10 + ones;
        nanos = (int) value(low) * 10 + last;
        return true;
    }

    /** The number that eight bytes are, 0 to 9 each, the first of them lowest. */
    private static long value(long digits) {
        long pairs = digits * 10 + (digits >>> 8) & 0x00ff_00ff_00ff_00ffL;
        long fours = pairs * 100 + (pairs >>> 16) & 0x0000_ffff_0000_ffffL;
        return (fours * 10_000 + (fours >>> 32)) & 0xffff_ffffL;
    }

    private int readAny(byte[] buf, int from, int to) {
        int i = from;
        long whole = 0;
        while (i < to && Fields.isDigit(buf[i])) {
            whole = whole >= TOO_MANY_SECONDS / 10 ? TOO_MANY_SECONDS : whole * 10 + (buf[i] - '0');
            i++;
        }
        seconds = whole;
        nanos = 0;
        if (i == from) {
            return -1;
        }
        if (i == to || buf[i] != '.') {
            return i;
        }
        return readFraction(buf, i + 1, to);
    }

    private int readFraction(byte[] buf, int from, int to) {
        int i = from;
        int fraction = 0;
        int missing = NANO_DIGITS;
        while (i < to && Fields.isDigit(buf[i])) {
            if (missing > 0) {
                fraction = fraction * 10 + (buf[i] - '0');
                missing--;
            }
            i++;
        }
        while (missing-- > 0) {
            fraction *= 10;
        }
        nanos = fraction;
        return i == from ? -1 : i;
    }

    /** Compares two times by value: negative, zero or positive. Both must follow the grammar. */
    public static int compare(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
        int aPoint = point(a, aFrom, aTo);
        int bPoint = point(b, bFrom, bTo);
        if (aPoint - aFrom == bPoint - bFrom && aTo - aFrom == bTo - bFrom) {
            return Arrays.compareUnsigned(a, aFrom, aTo, b, bFrom, bTo);
        }
        int aWhole = withoutZeros(a, aFrom, aPoint);
        int bWhole = withoutZeros(b, bFrom, bPoint);
        int order = Integer.compare(aPoint - aWhole, bPoint - bWhole);
        if (order == 0) {
            order = Arrays.compareUnsigned(a, aWhole, aPoint, b, bWhole, bPoint);
        }
        return order == 0 ? compareFractions(a, aPoint, aTo, b, bPoint, bTo) : order;
    }

    private static int compareFractions(byte[] a, int aPoint, int aTo, byte[] b, int bPoint, int bTo) {
        int aFrom = Math.min(aPoint + 1, aTo);
        int bFrom = Math.min(bPoint + 1, bTo);
        int common = Math.min(aTo - aFrom, bTo - bFrom);
        int order = Arrays.compareUnsigned(a, aFrom, aFrom + common, b, bFrom, bFrom + common);
        if (order != 0) {
            return order;
        }
        if (withoutZeros(a, aFrom + common, aTo) < aTo) {
            return 1;
        }
        return withoutZeros(b, bFrom + common, bTo) < bTo ? -1 : 0;
    }

    /** Where the point is, or {@code to}. The seconds of this era have ten digits: look there first. */
    private static int point(byte[] buf, int from, int to) {
        if (to - from > 10 && buf[from + 10] == '.') {
            return from + 10;
        }
        int i = from;
        while (i < to && buf[i] != '.') {
            i++;
        }
        return i;
    }

    private static int withoutZeros(byte[] buf, int from, int to) {
        int i = from;
        while (i < to && buf[i] == '0') {
            i++;
        }
        return i;
    }
}
