package io.serverherd.node.protocol;

/**
 * Where the five fields of a record lie in an array. A record is what an AT line says; this is a reused view of one,
 * valid until the array's bytes change.
 */
public final class LocationRecord {
    private byte[] array;
    int originStart;
    int originEnd;
    int differenceStart;
    int differenceEnd;
    int clientStart;
    int clientEnd;
    int locationStart;
    int locationEnd;
    int timeStart;
    int timeEnd;

    /** Points at other bytes; the fields' places are to be set next. */
    LocationRecord over(byte[] buf) {
        array = buf;
        return this;
    }

    /** Points at five fields that follow each other from {@code from} on, of these lengths. */
    public void over(byte[] buf, int from, int origin, int difference, int client, int location, int time) {
        array = buf;
        originStart = from;
        originEnd = originStart + origin;
        differenceStart = originEnd;
        differenceEnd = differenceStart + difference;
        clientStart = differenceEnd;
        clientEnd = clientStart + client;
        locationStart = clientEnd;
        locationEnd = locationStart + location;
        timeStart = locationEnd;
        timeEnd = timeStart + time;
    }

    public byte[] array() {
        return array;
    }

    /** The server whose client reported it. */
    public int originStart() {
        return originStart;
    }

    public int originEnd() {
        return originEnd;
    }

    /** That server's clock minus the client's, in seconds. */
    public int differenceStart() {
        return differenceStart;
    }

    public int differenceEnd() {
        return differenceEnd;
    }

    public int clientStart() {
        return clientStart;
    }

    public int clientEnd() {
        return clientEnd;
    }

    public int locationStart() {
        return locationStart;
    }

    public int locationEnd() {
        return locationEnd;
    }

    public int timeStart() {
        return timeStart;
    }

    public int timeEnd() {
        return timeEnd;
    }

    /** Appends the AT line, its fields separated by single spaces. */
    public void appendLine(LineBuffer out) {
        out.append(Words.AT);
        out.append((byte) ' ');
        if (isSpacedAsALine()) {
            out.append(array, originStart, timeEnd);
        } else {
            appendField(out, originStart, originEnd, (byte) ' ');
            appendField(out, differenceStart, differenceEnd, (byte) ' ');
            appendField(out, clientStart, clientEnd, (byte) ' ');
            appendField(out, locationStart, locationEnd, (byte) ' ');
            out.append(array, timeStart, timeEnd);
        }
        out.append((byte) '\n');
    }

    private void appendField(LineBuffer out, int from, int to, byte separator) {
        out.append(array, from, to);
        out.append(separator);
    }

    private boolean isSpacedAsALine() {
        return isSpace(originEnd, differenceStart)
                && isSpace(differenceEnd, clientStart)
                && isSpace(clientEnd, locationStart)
                && isSpace(locationEnd, timeStart);
    }

    private boolean isSpace(int from, int to) {
        return to == from + 1 && array[from] == ' ';
    }
}
