package io.serverherd.node.data;

/**
 * How the keeping of records stands.
 *
 * @param error        what is wrong; null when nothing is
 * @param read         records taken over from earlier lives
 * @param damagedBytes of what was read: bytes left out because they were not what was written
 * @param tornBytes    of what was read: bytes left out because their writing was cut off
 * @param written      bytes written
 * @param unwritten    records that have changed and are not on their way to the disk yet
 * @param rewritten    how many times all records were written anew
 * @param failures     how many times the disk failed
 * @param late         how many writes were not done 60 ms after their records were due
 * @param fileBytes    size of the journal
 */
public record DataStatus(
        State state,
        String error,
        long read,
        long damagedBytes,
        long tornBytes,
        long written,
        long unwritten,
        long rewritten,
        long failures,
        long late,
        long fileBytes) {

    /** What a person should know first. */
    public enum State {
        /** Nothing is kept: that is how it was asked for. */
        MEMORY,
        OK,
        /** Kept, but part of what was kept before was damaged and is left out. */
        DAMAGED,
        /** Not all is kept. Served from memory, and tried again. */
        FAILING
    }

    public static final DataStatus NOT_KEPT = new DataStatus(State.MEMORY, null, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
