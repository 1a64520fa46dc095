package io.serverherd.node.herd;

import io.serverherd.node.protocol.LocationRecord;
import java.util.Arrays;
import java.util.function.IntToLongFunction;

/**
 * The newest record of each client, and which of them are new to who asks for what has changed. Open addressing over
 * integers that refer to slots of bytes:
 *
 * <pre>
 * hash of the client's bytes ─┬─ top 8 bits:  one of 256 tables
 *                             ├─ next 7 bits: tag, which tells nearly all others apart without a look at their slots
 *                             └─ low bits:    position in the table, then linear probing
 * </pre>
 *
 * A table doubles at a load of 3/4: linear probing then needs 2.5 probes for a client that is there and 8.5 for one that
 * is not, but with the tags hardly ever another client's slot, and a table costs 7 to 13 bytes a client. There are 256 tables so
 * that doubling one of them stops the loop for 1/256 of the time that a whole index would. A client of 16 bytes takes
 * about 90 bytes in all.
 *
 * <p>Not thread-safe: it belongs to one event loop.
 */
public final class LocationStore {
    /** What became of a record. */
    public enum Put {
        STORED,
        /** What is stored already wins. */
        STALE,
        /** The limit of bytes is reached; or that of clients, and all of them have newer records. */
        FULL
    }

    private static final int TABLES = 256;
    private static final int TABLE_BITS = 8;
    private static final int TOUCHED = 16;

    private final SlotTable[] tables = new SlotTable[TABLES];
    private final RecordSlots slots = new RecordSlots();
    private final LocationRecord stored = new LocationRecord();
    private final LocationRecord found = new LocationRecord();
    private final IntToLongFunction clientHash = this::clientHash;
    private final long seed;
    private final long maxBytes;
    /** Null until a client has had to go. */
    private OldestFirst oldest;

    private int limit;
    private int size;
    private long evicted;
    private final RangeDigests digests = new RangeDigests();
    /** Where the next change is looked for. */
    private int sweepTable;

    private int sweepPosition;
    private int toTouch;
    /** Of no meaning: what is read must go somewhere. */
    private int touched;

    /**
     * @param limit how many clients at most: beyond, the one with the oldest record goes, the same on all servers
     * @param maxBytes how many bytes the records take at most: identifiers may be long
     * @param seed of the hash; secret, so that no one can choose clients that collide
     */
    public LocationStore(int limit, long maxBytes, long seed) {
        this.limit = limit;
        this.maxBytes = Math.min(maxBytes, SlotPages.MAX_BYTES / 2);
        this.seed = seed;
        Arrays.setAll(tables, t -> new SlotTable());
    }

    /** Changes how many clients are kept at most. Those beyond stay until they are evicted. */
    public void limit(int clients) {
        limit = clients;
    }

    /** Lets go of the oldest clients beyond the limit, so many at most. Returns whether there are more. */
    public boolean evict(int most) {
        for (int i = 0; i < most && size > limit; i++) {
            evictOldest();
        }
        return size > limit;
    }

    /** How many clients have had to go for newer ones. */
    public long evicted() {
        return evicted;
    }

    public int size() {
        return size;
    }

    /** What records, tables and digests take, in bytes. */
    long bytes() {
        long order = oldest == null ? 0 : oldest.bytes();
        return slots.bytes() + Arrays.stream(tables).mapToLong(SlotTable::bytes).sum() + RangeDigests.BYTES + order;
    }

    /** The sum of the records' hashes: the same for the same records, in whatever order they came. */
    public long digest() {
        return digests.total();
    }

    /** The sums of the records' hashes by ranges of clients. */
    RangeDigests digests() {
        return digests;
    }

    /** Takes a client's own report: it wins if its time is newer. */
    public Put report(LocationRecord record) {
        return put(record, true);
    }

    /** Takes a record from a neighbour: it wins if it is greater in the order that all servers share. */
    public Put hear(LocationRecord record) {
        return put(record, false);
    }

    /** Points {@code record} at what is stored of the client whose identifier these bytes are; false if nothing is. */
    public boolean find(byte[] buf, int clientStart, int clientEnd, LocationRecord record) {
        long hash = Hash64.of(buf, clientStart, clientEnd, seed);
        SlotTable table = table(hash);
        return table.reference(position(table, hash, buf, clientStart, clientEnd, record)) != 0;
    }

    /**
     * Points {@code record} at the next one behind {@code cursor} and returns the cursor of that one; 0 when there is
     * none. Begin with 0. Cursors stay good whatever is stored in between; a record that is replaced in between may be
     * seen twice or, when the new one came after the begin, not at all.
     */
    public int next(int cursor, LocationRecord record) {
        int reference = slots.next(cursor);
        if (reference != 0) {
            slots.view(reference, record);
        }
        return reference;
    }

    /** How many records have changed and were not yet given by {@link #nextChanged}. Counts up to 256 numbers. */
    public int changed() {
        int changed = 0;
        for (SlotTable table : tables) {
            changed += table.marked();
        }
        return changed;
    }

    /** Points {@code record} at one that has changed since it was last given here; false when there is none. */
    public boolean nextChanged(LocationRecord record) {
        for (int tried = 0; tried <= TABLES; tried++) {
            SlotTable table = tables[sweepTable];
            int position = table.takeMark(sweepPosition);
            if (position >= 0) {
                if (toTouch-- == 0) {
                    touch(table, position);
                }
                sweepPosition = position + 1;
                slots.view(table.reference(position), record);
                return true;
            }
            sweepTable = sweepTable + 1 & TABLES - 1;
            sweepPosition = 0;
        }
        return false;
    }

    /**
     * Reads a byte of each of the slots that come next. Where there are many clients each is a wait for memory, and here
     * the processor waits for all of them at once.
     */
    private void touch(SlotTable table, int from) {
        toTouch = TOUCHED;
        int position = from;
        for (int i = 0; i < TOUCHED; i++) {
            position = table.nextMark(position + 1);
            if (position < 0) {
                return;
            }
            int reference = table.reference(position);
            touched += slots.touch(reference);
        }
    }

    /** None has changed: {@link #nextChanged} will give those that change from now on. */
    public void forgetChanged() {
        for (SlotTable table : tables) {
            table.takeMarks();
        }
    }

    private Put put(LocationRecord record, boolean report) {
        byte[] buf = record.array();
        long hash = Hash64.of(buf, record.clientStart(), record.clientEnd(), seed);
        SlotTable table = table(hash);
        int position = position(table, hash, buf, record.clientStart(), record.clientEnd(), stored);
        int reference = table.reference(position);
        if (reference == 0) {
            return insert(record, hash, table, position);
        }
        int order = report ? RecordOrder.compareTimes(record, stored) : RecordOrder.compare(record, stored);
        if (order <= 0) {
            return Put.STALE;
        }
        int bytes = RecordSlots.size(record);
        if (slots.bytes() >= maxBytes && !slots.fits(bytes, reference)) {
            return Put.FULL;
        }
        long before = slots.hash(reference, RecordSlots.size(stored));
        int now = slots.replace(reference, record, bytes);
        table.replace(position, now);
        table.mark(position);
        digests.change(RangeDigests.leaf(record), slots.hash(now, bytes) - before);
        if (oldest != null) {
            // One entry out of date for each that becomes so: there are never many at once to be looked at.
            oldest.refresh();
        }
        return Put.STORED;
    }

    private Put insert(LocationRecord record, long hash, SlotTable table, int position) {
        if (slots.bytes() >= maxBytes) {
            return Put.FULL;
        }
        if (size < limit) {
            add(record, hash, table, position);
            return Put.STORED;
        }
        if (isOlderThanAll(record)) {
            return Put.FULL;
        }
        evictOldest();
        add(record, hash, table, position(table, hash, record));
        return Put.STORED;
    }

    private void add(LocationRecord record, long hash, SlotTable table, int position) {
        int bytes = RecordSlots.size(record);
        int reference = slots.add(record, bytes);
        table.add(position, hash, reference, clientHash);
        digests.change(RangeDigests.leaf(record), slots.hash(reference, bytes));
        size++;
        if (oldest != null) {
            oldest.add(reference);
        }
    }

    private boolean isOlderThanAll(LocationRecord record) {
        return size == 0 || oldest().isOlder(record, oldest().first());
    }

    private void evictOldest() {
        int reference = oldest().first();
        oldest().removeFirst();
        slots.view(reference, stored);
        digests.change(RangeDigests.leaf(stored), -slots.hash(reference, RecordSlots.size(stored)));
        long hash = clientHash(reference);
        SlotTable table = table(hash);
        table.remove(position(table, hash, stored), clientHash);
        slots.free(reference);
        size--;
        evicted++;
    }

    private OldestFirst oldest() {
        if (oldest == null) {
            oldest = new OldestFirst(slots, size);
        }
        return oldest;
    }

    private int position(SlotTable table, long hash, LocationRecord record) {
        return position(table, hash, record.array(), record.clientStart(), record.clientEnd(), found);
    }

    /** Where the client is in the table, or the empty place where it belongs. Leaves the view at the one that is there. */
    private int position(SlotTable table, long hash, byte[] buf, int from, int to, LocationRecord view) {
        int position = table.first(hash);
        while (table.reference(position) != 0) {
            if (table.mayHave(position, hash)) {
                slots.view(table.reference(position), view);
                if (Arrays.equals(buf, from, to, view.array(), view.clientStart(), view.clientEnd())) {
                    return position;
                }
            }
            position = table.next(position);
        }
        return position;
    }

    private SlotTable table(long hash) {
        return tables[(int) (hash >>> Long.SIZE - TABLE_BITS)];
    }

    private long clientHash(int reference) {
        slots.view(reference, stored);
        return Hash64.of(stored.array(), stored.clientStart(), stored.clientEnd(), seed);
    }
}
