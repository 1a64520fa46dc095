package io.serverherd.node.herd;

import io.serverherd.node.protocol.DecimalTime;
import io.serverherd.node.protocol.LocationRecord;
import java.util.Arrays;

/**
 * The records of a store, the oldest first: by (time cut to nanoseconds, client's bytes), an order that all servers share.
 * A heap with one entry for each record, by the time it had when the entry was last looked at. Since a client's record is
 * only ever replaced by a newer one, a first entry whose time is still right is the oldest record; one whose time is not
 * goes where it belongs now.
 *
 * <p>An entry takes 12 bytes. Nothing is done for an entry when its record changes, so that only stores which are full pay
 * for the order: it is made when the first record has to go.
 */
final class OldestFirst {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int SMALLEST = 16;

    private final RecordSlots slots;
    private final DecimalTime time = new DecimalTime();
    private final LocationRecord one = new LocationRecord();
    private final LocationRecord other = new LocationRecord();
    private long[] times;
    private int[] references;
    private int size;

    /** Takes all records that are there. */
    OldestFirst(RecordSlots slots, int records) {
        this.slots = slots;
        times = new long[Math.max(records, SMALLEST)];
        references = new int[times.length];
        slots.forwardMoved();
        for (int reference = slots.next(0); reference != 0; reference = slots.next(reference)) {
            append(reference);
        }
        for (int entry = size / 2 - 1; entry >= 0; entry--) {
            siftDown(entry);
        }
    }

    /** What the order takes, in bytes. */
    long bytes() {
        return (long) (Long.BYTES + Integer.BYTES) * references.length;
    }

    void add(int reference) {
        append(reference);
        siftUp(size - 1);
    }

    /** The slot of the oldest record. */
    int first() {
        while (refresh()) {
            // The first entry was out of date.
        }
        return references[0];
    }

    /** Takes out what {@link #first} gave. */
    void removeFirst() {
        size--;
        references[0] = references[size];
        times[0] = times[size];
        siftDown(0);
    }

    /** Puts the first entry where it belongs, if it is out of date. Returns whether it was. */
    boolean refresh() {
        references[0] = slots.follow(references[0]);
        long now = time(references[0]);
        if (now == times[0]) {
            return false;
        }
        times[0] = now;
        siftDown(0);
        return true;
    }

    /** Whether a record is older than the one in the slot. */
    boolean isOlder(LocationRecord record, int reference) {
        slots.view(reference, other);
        int order = Long.compare(time(record), time(other));
        return order < 0 || order == 0 && compareClients(record, other) < 0;
    }

    private void append(int reference) {
        if (size == references.length) {
            references = Arrays.copyOf(references, size + (size >> 1));
            times = Arrays.copyOf(times, references.length);
        }
        references[size] = reference;
        times[size] = time(reference);
        size++;
    }

    private void siftUp(int from) {
        int entry = from;
        while (entry > 0) {
            int parent = (entry - 1) / 2;
            if (!precedes(entry, parent)) {
                return;
            }
            swap(entry, parent);
            entry = parent;
        }
    }

    private void siftDown(int from) {
        int entry = from;
        for (int child = 2 * entry + 1; child < size; child = 2 * entry + 1) {
            if (child + 1 < size && precedes(child + 1, child)) {
                child++;
            }
            if (!precedes(child, entry)) {
                return;
            }
            swap(entry, child);
            entry = child;
        }
    }

    private boolean precedes(int a, int b) {
        if (times[a] != times[b]) {
            return times[a] < times[b];
        }
        slots.viewMoved(references[a], one);
        slots.viewMoved(references[b], other);
        return compareClients(one, other) < 0;
    }

    private void swap(int a, int b) {
        int reference = references[a];
        long when = times[a];
        references[a] = references[b];
        times[a] = times[b];
        references[b] = reference;
        times[b] = when;
    }

    private long time(int reference) {
        slots.view(reference, other);
        return time(other);
    }

    /** Nanoseconds; of times that are too far away for that, the last one there is. */
    private long time(LocationRecord record) {
        time.read(record.array(), record.timeStart(), record.timeEnd());
        long last = Long.MAX_VALUE / NANOS_PER_SECOND - 1;
        return time.seconds() > last ? Long.MAX_VALUE : time.seconds() * NANOS_PER_SECOND + time.nanos();
    }

    private static int compareClients(LocationRecord a, LocationRecord b) {
        return Arrays.compareUnsigned(
                a.array(), a.clientStart(), a.clientEnd(), b.array(), b.clientStart(), b.clientEnd());
    }
}
