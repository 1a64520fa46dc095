package io.serverherd.node.protocol;

/** How answers are spelled. */
public final class Replies {
    /** Of a line beyond the limit so much is given back. */
    public static final int ECHO_OF_TOO_LONG = 128;

    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private Replies() {}

    /**
     * Appends {@code AT <server> <difference> <client> <location> <time>}, the last three as the client spelled them,
     * and points {@code record} at the fields of what was appended.
     *
     * @param seconds when the command was received, POSIX seconds
     * @param nanos   and the nanoseconds of that second
     */
    public static void at(
            LineBuffer out, byte[] server, long seconds, int nanos, byte[] buf, Command iamat, LocationRecord record) {
        out.append(Words.AT);
        out.append((byte) ' ');
        record.originStart = out.length();
        out.append(server);
        record.originEnd = out.length();
        out.append((byte) ' ');
        record.differenceStart = out.length();
        difference(out, seconds, nanos, iamat.time());
        record.differenceEnd = out.length();
        out.append((byte) ' ');
        record.clientStart = out.length();
        out.append(buf, iamat.clientStart(), iamat.clientEnd());
        record.clientEnd = out.length();
        out.append((byte) ' ');
        record.locationStart = out.length();
        out.append(buf, iamat.locationStart(), iamat.locationEnd());
        record.locationEnd = out.length();
        out.append((byte) ' ');
        record.timeStart = out.length();
        out.append(buf, iamat.timeStart(), iamat.timeEnd());
        record.timeEnd = out.length();
        out.append((byte) '\n');
        record.over(out.array());
    }

    /** Appends {@code ? } and the line's bytes as they came. */
    public static void invalid(LineBuffer out, byte[] buf, int from, int to) {
        out.append((byte) '?');
        out.append((byte) ' ');
        out.append(buf, from, to);
        out.append((byte) '\n');
    }

    /**
     * Receive time minus client time, {@code [+-]\d+\.\d{9}}. A client time of more than nine decimals is cut to nine
     * first, so that the difference is never smaller than the exact one, and less than a nanosecond greater.
     */
    static void difference(LineBuffer out, long seconds, int nanos, DecimalTime client) {
        long whole = seconds - client.seconds();
        int fraction = nanos - client.nanos();
        boolean negative = whole < 0 || whole == 0 && fraction < 0;
        if (negative) {
            whole = -whole;
            fraction = -fraction;
        }
        if (fraction < 0) {
            whole--;
            fraction += NANOS_PER_SECOND;
        }
        out.append((byte) (negative ? '-' : '+'));
        out.appendDecimal(whole, 1);
        out.append((byte) '.');
        out.appendDecimal(fraction, 9);
    }
}
