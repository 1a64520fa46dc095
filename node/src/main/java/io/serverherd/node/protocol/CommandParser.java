package io.serverherd.node.protocol;

import io.serverherd.node.protocol.Command.Kind;

/** Bytes of a client's line to a {@link Command}, in one pass. Any bytes are welcome: what is no command is INVALID. */
public final class CommandParser {
    /** Nearby Search caps the radius at 50,000 m. */
    private static final int MAX_RADIUS_KM = 50;

    /** Nearby Search has 20 results a page. */
    private static final int MAX_RESULTS = 20;

    private CommandParser() {}

    /** Parses the line {@code [from, to)}, which has no line ending any more. */
    public static void parse(byte[] buf, int from, int to, Command command) {
        int word = Fields.start(buf, from, to);
        boolean valid = false;
        if (startsWith(buf, word, to, Words.IAMAT)) {
            command.kind = Kind.IAMAT;
            valid = iamat(buf, word + Words.IAMAT.length, to, command);
        } else if (startsWith(buf, word, to, Words.WHATSAT)) {
            command.kind = Kind.WHATSAT;
            valid = whatsat(buf, word + Words.WHATSAT.length, to, command);
        }
        if (!valid) {
            command.kind = Kind.INVALID;
        }
    }

    private static boolean startsWith(byte[] buf, int at, int to, byte[] word) {
        return Words.is(buf, at, at + word.length, to, word) && Fields.separated(buf, at + word.length, to);
    }

    private static boolean iamat(byte[] buf, int from, int to, Command command) {
        client(buf, from, to, command);
        command.secondStart = Fields.start(buf, command.clientEnd, to);
        command.secondEnd = Coordinates.end(buf, command.secondStart, to);
        if (!Fields.separated(buf, command.secondEnd, to)) {
            return false;
        }
        command.timeStart = Fields.start(buf, command.secondEnd, to);
        command.timeEnd = command.time.read(buf, command.timeStart, to);
        return Fields.finished(buf, command.timeEnd, to);
    }

    private static boolean whatsat(byte[] buf, int from, int to, Command command) {
        client(buf, from, to, command);
        command.secondStart = Fields.start(buf, command.clientEnd, to);
        command.secondEnd = BoundedDecimal.end(buf, command.secondStart, to, MAX_RADIUS_KM, Integer.MAX_VALUE);
        if (!Fields.separated(buf, command.secondEnd, to)) {
            return false;
        }
        int bound = Fields.start(buf, command.secondEnd, to);
        int boundEnd = BoundedDecimal.wholeEnd(buf, bound, to, MAX_RESULTS);
        command.bound = BoundedDecimal.value(buf, bound, boundEnd);
        return Fields.finished(buf, boundEnd, to);
    }

    private static void client(byte[] buf, int from, int to, Command command) {
        command.clientStart = Fields.start(buf, from, to);
        command.clientEnd = Fields.end(buf, command.clientStart, to);
    }
}
