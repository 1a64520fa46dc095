package io.serverherd.node.protocol;

/**
 * What a client's line says: its kind, and where its fields lie in the array it was parsed from. A reused view, filled
 * by {@link CommandParser}; fields that its kind does not have are meaningless.
 */
public final class Command {
    /** What a client may ask. */
    public enum Kind {
        IAMAT,
        WHATSAT,
        /** Anything else; answered by {@code ? } and the line. */
        INVALID
    }

    Kind kind = Kind.INVALID;
    int clientStart;
    int clientEnd;
    /** IAMAT: the location; WHATSAT: the radius. */
    int secondStart;

    int secondEnd;
    int timeStart;
    int timeEnd;
    int bound;
    final DecimalTime time = new DecimalTime();

    public Kind kind() {
        return kind;
    }

    public int clientStart() {
        return clientStart;
    }

    public int clientEnd() {
        return clientEnd;
    }

    public int locationStart() {
        return secondStart;
    }

    public int locationEnd() {
        return secondEnd;
    }

    public int timeStart() {
        return timeStart;
    }

    public int timeEnd() {
        return timeEnd;
    }

    /** IAMAT: the time's value. */
    public DecimalTime time() {
        return time;
    }

    public int radiusStart() {
        return secondStart;
    }

    public int radiusEnd() {
        return secondEnd;
    }

    /** WHATSAT: how many results at most. */
    public int bound() {
        return bound;
    }
}
