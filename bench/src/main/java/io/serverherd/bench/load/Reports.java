package io.serverherd.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * Clients of a herd that report where they are, each report newer than all before. The lines lie ready, and only the
 * digits of the time are written anew: {@code IAMAT c0001234.herd +34.068930-118.445127 1479413884.392014450}. Every
 * reply must be {@code AT <server> <difference> } and the last three fields of the line, byte for byte, the difference
 * spelled {@code [+-]\d+\.\d{9}}.
 */
public final class Reports implements Dialogue {
    private static final String WORD = "IAMAT ";
    private static final int SECONDS_DIGITS = 10;
    private static final int NANOS_DIGITS = 9;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int LONGEST_SECONDS = 10;

    private final int clients;
    private final byte[] lines;
    private final int length;
    /** The fields that come back, with the LF. */
    private final int tail;

    private final byte[] begin;
    private final int shortest;
    private final long clockAhead;
    private long time;

    /** @param server the name that replies must give */
    public Reports(String server, int clients) {
        this.clients = clients;
        Random random = new Random(clients);
        StringBuilder text = new StringBuilder();
        for (int client = 0; client < clients; client++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%sc%07d.herd %+010.6f%+011.6f 1479413884.392014450\n",
                    WORD,
                    client,
                    random.nextDouble() * 170 - 85,
                    random.nextDouble() * 360 - 180));
        }
        lines = text.toString().getBytes(US_ASCII);
        length = lines.length / clients;
        tail = length - WORD.length();
        begin = ("AT " + server + ' ').getBytes(US_ASCII);
        shortest = begin.length + "+0.".length() + NANOS_DIGITS + 1 + tail;
        Instant now = Instant.now();
        clockAhead = now.getEpochSecond() * NANOS_PER_SECOND + now.getNano() - System.nanoTime();
    }

    @Override
    public int clients() {
        return clients;
    }

    @Override
    public int longest() {
        return length;
    }

    @Override
    public void ask(int client, ByteBuffer out) {
        time = Math.max(time + 1, System.nanoTime() + clockAhead);
        int end = (client + 1) * length - 1;
        digits(time % NANOS_PER_SECOND, end, NANOS_DIGITS);
        digits(time / NANOS_PER_SECOND, end - NANOS_DIGITS - 1, SECONDS_DIGITS);
        out.put(lines, client * length, length);
    }

    private void digits(long number, int end, int count) {
        long rest = number;
        for (int i = end - 1; i >= end - count; i--) {
            lines[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** How long ago the report was made whose time stamp is at the end of these bytes, in nanoseconds. */
    public long age(byte[] buf, int to) {
        long seconds = number(buf, to - NANOS_DIGITS - 1 - SECONDS_DIGITS, SECONDS_DIGITS);
        long nanos = number(buf, to - NANOS_DIGITS, NANOS_DIGITS);
        return System.nanoTime() + clockAhead - seconds * NANOS_PER_SECOND - nanos;
    }

    private static long number(byte[] buf, int from, int digits) {
        long number = 0;
        for (int i = from; i < from + digits; i++) {
            number = 10 * number + buf[i] - '0';
        }
        return number;
    }

    @Override
    public int answered(int client, byte[] buf, int from, int to) throws WrongReplyException {
        if (to - from < shortest) {
            return notWhole(client, buf, from, to);
        }
        int at = from + begin.length;
        int seconds = at + 1;
        int point = seconds;
        while (point < to && isDigit(buf[point])) {
            point++;
        }
        int rest = point + 1 + NANOS_DIGITS + 1;
        if (to < rest + tail && point - seconds <= LONGEST_SECONDS) {
            return notWhole(client, buf, from, to);
        }
        boolean right = Arrays.equals(buf, from, at, begin, 0, begin.length)
                && (buf[at] == '+' || buf[at] == '-')
                && point > seconds
                && point - seconds <= LONGEST_SECONDS
                && buf[point] == '.'
                && areDigits(buf, point + 1, rest - 1)
                && buf[rest - 1] == ' '
                && isTail(client, buf, rest);
        if (!right) {
            throw wrong(client, buf, from, to);
        }
        return rest + tail;
    }

    private boolean isTail(int client, byte[] buf, int from) {
        int end = (client + 1) * length;
        return Arrays.equals(buf, from, from + tail, lines, end - tail, end);
    }

    /** A line that ends too soon would be waited for in vain. */
    private int notWhole(int client, byte[] buf, int from, int to) throws WrongReplyException {
        for (int i = from; i < to; i++) {
            if (buf[i] == '\n') {
                throw wrong(client, buf, from, to);
            }
        }
        return -1;
    }

    private WrongReplyException wrong(int client, byte[] buf, int from, int to) {
        return WrongReplyException.of(
                buf, from, to, '"' + new String(lines, client * length, length - 1, ISO_8859_1) + '"');
    }

    private static boolean areDigits(byte[] buf, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isDigit(buf[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
