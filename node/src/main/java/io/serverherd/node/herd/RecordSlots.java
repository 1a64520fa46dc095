package io.serverherd.node.herd;

import io.serverherd.node.protocol.LocationRecord;

/**
 * Records in slots, each referred to by an integer.
 *
 * <pre>
 * slot   lengths of origin, difference, client, location, time      varints, five bytes as a rule
 *        the fields' bytes, in that order, nothing between them
 * </pre>
 */
final class RecordSlots {
    private static final long DIGEST_SEED = 0;

    private final SlotPages pages = new SlotPages();
    /** Whether a slot that a record leaves tells where it went. */
    private boolean forwarding;

    /** What all slots take, in bytes. */
    long bytes() {
        return pages.bytes();
    }

    /** @param size the record's, as {@link #size} tells it */
    int add(LocationRecord record, int size) {
        int reference = pages.allocate(size);
        write(record, reference);
        return reference;
    }

    /** Whether a record of this size would stay in the slot. */
    boolean fits(int size, int reference) {
        return size <= pages.capacity(reference);
    }

    /** Puts a record in the place of one. Returns where it is now: in another slot, if it did not fit. */
    int replace(int reference, LocationRecord record, int size) {
        if (fits(size, reference)) {
            write(record, reference);
            return reference;
        }
        int larger = add(record, size);
        if (forwarding) {
            pages.forward(reference, larger);
        } else {
            pages.free(reference);
        }
        return larger;
    }

    void free(int reference) {
        pages.free(reference);
    }

    /** From now on {@link #follow} and {@link #viewMoved} find what has moved; who asks for this is to follow each. */
    void forwardMoved() {
        forwarding = true;
    }

    /** Where the record is now that was in this slot. Slots left on the way are given back. */
    int follow(int reference) {
        int at = reference;
        while (pages.isForward(at)) {
            int next = pages.forwardedTo(at);
            pages.free(at);
            at = next;
        }
        return at;
    }

    /** Points {@code record} at the one that is in the slot, or went elsewhere from there. */
    void viewMoved(int reference, LocationRecord record) {
        int at = reference;
        while (pages.isForward(at)) {
            at = pages.forwardedTo(at);
        }
        view(at, record);
    }

    /** The slot in use behind this one, in an order that does not change; 0 when there is none. Begin with 0. */
    int next(int reference) {
        return pages.next(reference);
    }

    /** The hash of a slot's bytes, the same on all servers for the same record. */
    long hash(int reference, int size) {
        int offset = pages.offset(reference);
        return Hash64.of(pages.page(reference), offset, offset + size, DIGEST_SEED);
    }

    /** A byte of the slot, read so that it is near when it is needed. */
    byte touch(int reference) {
        return pages.page(reference)[pages.offset(reference)];
    }

    /** Points {@code record} at the one in the slot. */
    void view(int reference, LocationRecord record) {
        byte[] page = pages.page(reference);
        int at = pages.offset(reference);
        int origin = readLength(page, at);
        at += lengthSize(origin);
        int difference = readLength(page, at);
        at += lengthSize(difference);
        int client = readLength(page, at);
        at += lengthSize(client);
        int location = readLength(page, at);
        at += lengthSize(location);
        int time = readLength(page, at);
        at += lengthSize(time);
        record.over(page, at, origin, difference, client, location, time);
    }

    private void write(LocationRecord record, int reference) {
        byte[] page = pages.page(reference);
        int at = pages.offset(reference);
        at = writeLength(page, at, record.originEnd() - record.originStart());
        at = writeLength(page, at, record.differenceEnd() - record.differenceStart());
        at = writeLength(page, at, record.clientEnd() - record.clientStart());
        at = writeLength(page, at, record.locationEnd() - record.locationStart());
        at = writeLength(page, at, record.timeEnd() - record.timeStart());
        byte[] from = record.array();
        at = copy(from, record.originStart(), record.originEnd(), page, at);
        at = copy(from, record.differenceStart(), record.differenceEnd(), page, at);
        at = copy(from, record.clientStart(), record.clientEnd(), page, at);
        at = copy(from, record.locationStart(), record.locationEnd(), page, at);
        copy(from, record.timeStart(), record.timeEnd(), page, at);
    }

    private static int copy(byte[] from, int start, int end, byte[] to, int at) {
        System.arraycopy(from, start, to, at, end - start);
        return at + end - start;
    }

    /** What the record takes in a slot, in bytes. */
    static int size(LocationRecord record) {
        return sizeWithLength(record.originEnd() - record.originStart())
                + sizeWithLength(record.differenceEnd() - record.differenceStart())
                + sizeWithLength(record.clientEnd() - record.clientStart())
                + sizeWithLength(record.locationEnd() - record.locationStart())
                + sizeWithLength(record.timeEnd() - record.timeStart());
    }

    private static int sizeWithLength(int length) {
        return lengthSize(length) + length;
    }

    /** Seven bits a byte, the lowest first; the high bit says that more follow. */
    private static int writeLength(byte[] page, int at, int length) {
        int i = at;
        int rest = length;
        for (; rest > 0x7f; rest >>>= 7) {
            page[i++] = (byte) (rest | 0x80);
        }
        page[i++] = (byte) rest;
        return i;
    }

    private static int readLength(byte[] page, int at) {
        int length = page[at];
        if (length >= 0) {
            return length;
        }
        length &= 0x7f;
        int i = at + 1;
        for (int shift = 7; ; shift += 7, i++) {
            length |= (page[i] & 0x7f) << shift;
            if (page[i] >= 0) {
                return length;
            }
        }
    }

    private static int lengthSize(int length) {
        return length < 0x80 ? 1 : length < 0x4000 ? 2 : length < 0x20_0000 ? 3 : 4;
    }
}
