package io.serverherd.node.protocol;

/** Bytes of a neighbour's `AT <origin> <difference> <client> <location> <time>` line to a record. */
public final class RecordParser {
    private static final int LONGEST_SERVER = 32;

    private final DecimalTime time = new DecimalTime();

    /** When the client was there, in POSIX seconds without their fraction; of the record that was parsed last. */
    public long seconds() {
        return time.seconds();
    }

    /** Fills the record's view; false when the line is no such line, whatever it is. */
    public boolean parse(byte[] buf, int from, int to, LocationRecord record) {
        int word = Fields.start(buf, from, to);
        int wordEnd = word + Words.AT.length;
        if (!Words.is(buf, word, wordEnd, to, Words.AT) || !Fields.separated(buf, wordEnd, to)) {
            return false;
        }
        record.over(buf);
        record.originStart = Fields.start(buf, wordEnd, to);
        record.originEnd = Fields.end(buf, record.originStart, to);
        if (!isServer(buf, record.originStart, record.originEnd)) {
            return false;
        }
        record.differenceStart = Fields.start(buf, record.originEnd, to);
        record.differenceEnd = differenceEnd(buf, record.differenceStart, to);
        if (!Fields.separated(buf, record.differenceEnd, to)) {
            return false;
        }
        record.clientStart = Fields.start(buf, record.differenceEnd, to);
        record.clientEnd = Fields.end(buf, record.clientStart, to);
        record.locationStart = Fields.start(buf, record.clientEnd, to);
        record.locationEnd = Coordinates.end(buf, record.locationStart, to);
        if (!Fields.separated(buf, record.locationEnd, to)) {
            return false;
        }
        record.timeStart = Fields.start(buf, record.locationEnd, to);
        record.timeEnd = time.read(buf, record.timeStart, to);
        return Fields.finished(buf, record.timeEnd, to);
    }

    /** `[+-]\d+(\.\d+)?`: what servers of other versions may write, where this one writes nine decimals. */
    private int differenceEnd(byte[] buf, int from, int to) {
        return from < to && (buf[from] == '+' || buf[from] == '-') ? time.read(buf, from + 1, to) : -1;
    }

    /** Whether it can be the name of a server: `[A-Za-z]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?`. */
    private static boolean isServer(byte[] buf, int from, int to) {
        if (from == to || to - from > LONGEST_SERVER || !isLetter(buf[from]) || buf[to - 1] == '-') {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (!isLetter(buf[i]) && !Fields.isDigit(buf[i]) && buf[i] != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(byte b) {
        int lowerCase = b | 0x20;
        return lowerCase >= 'a' && lowerCase <= 'z';
    }
}
