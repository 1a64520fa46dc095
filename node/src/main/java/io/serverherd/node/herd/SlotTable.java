package io.serverherd.node.herd;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.function.IntToLongFunction;

/**
 * One of the tables of a {@link LocationStore}: open addressing over references to slots.
 *
 * <pre>
 * reference  int    0 or a slot
 * tag        byte   mark, 1 bit │ 7 bits of the hash, other than those that chose table and position
 * </pre>
 *
 * A slot whose tag differs need not be looked at. A mark says that the record has changed since marks were last taken.
 */
final class SlotTable {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int INITIAL = 16;
    private static final byte MARK = (byte) 0x80;
    private static final long MARKS = 0x8080_8080_8080_8080L;
    private static final int TAG_SHIFT = 49;
    private static final int TAG = 0x7f;

    private int[] references = new int[INITIAL];
    private byte[] tags = new byte[INITIAL];
    private int used;
    private int marked;

    /** What the table takes, in bytes. */
    long bytes() {
        return 5L * references.length;
    }

    /** Where to look first for what has this hash. */
    int first(long hash) {
        return (int) hash & references.length - 1;
    }

    int next(int position) {
        return position + 1 & references.length - 1;
    }

    int reference(int position) {
        return references[position];
    }

    /** Whether what is there may have this hash. */
    boolean mayHave(int position, long hash) {
        return (tags[position] & TAG) == tag(hash);
    }

    /** Puts another slot in the place of one whose record moved. */
    void replace(int position, int reference) {
        references[position] = reference;
    }

    /**
     * Puts a slot where nothing is, marked.
     *
     * @param hashOf the hash of a slot's client
     */
    void add(int position, long hash, int reference, IntToLongFunction hashOf) {
        references[position] = reference;
        tags[position] = (byte) tag(hash);
        mark(position);
        used++;
        if (used > references.length / 4 * 3) {
            grow(hashOf);
        }
    }

    /**
     * Takes a slot out. What stands behind it, up to the next empty place, moves up where it may.
     *
     * @param hashOf the hash of a slot's client
     */
    void remove(int position, IntToLongFunction hashOf) {
        if (tags[position] < 0) {
            marked--;
        }
        int hole = position;
        for (int i = next(hole); references[i] != 0; i = next(i)) {
            int home = first(hashOf.applyAsLong(references[i]));
            if (distance(home, i) >= distance(hole, i)) {
                references[hole] = references[i];
                tags[hole] = tags[i];
                hole = i;
            }
        }
        references[hole] = 0;
        tags[hole] = 0;
        used--;
    }

    private int distance(int from, int to) {
        return to - from & references.length - 1;
    }

    void mark(int position) {
        byte tag = tags[position];
        if (tag >= 0) {
            tags[position] = (byte) (tag | MARK);
            marked++;
        }
    }

    int marked() {
        return marked;
    }

    /** Takes the first mark at {@code from} or behind it. Returns where it was, or −1. */
    int takeMark(int from) {
        int position = nextMark(from);
        if (position >= 0) {
            tags[position] &= TAG;
            marked--;
        }
        return position;
    }

    /** Where the first mark at {@code from} or behind it is, or −1. */
    int nextMark(int from) {
        if (marked == 0) {
            return -1;
        }
        for (int i = from & -Long.BYTES; i < tags.length; i += Long.BYTES) {
            long marks = (long) LONG.get(tags, i) & MARKS;
            if (i < from) {
                marks &= -1L << (from - i) * Byte.SIZE;
            }
            if (marks != 0) {
                return i + Long.numberOfTrailingZeros(marks) / Byte.SIZE;
            }
        }
        return -1;
    }

    void takeMarks() {
        for (int i = 0; i < tags.length; i++) {
            tags[i] &= TAG;
        }
        marked = 0;
    }

    private void grow(IntToLongFunction hashOf) {
        int[] oldReferences = references;
        byte[] oldTags = tags;
        references = new int[oldReferences.length * 2];
        tags = new byte[references.length];
        for (int i = 0; i < oldReferences.length; i++) {
            if (oldReferences[i] != 0) {
                int position = first(hashOf.applyAsLong(oldReferences[i]));
                while (references[position] != 0) {
                    position = next(position);
                }
                references[position] = oldReferences[i];
                tags[position] = oldTags[i];
            }
        }
    }

    private static int tag(long hash) {
        return (int) (hash >>> TAG_SHIFT) & TAG;
    }
}
