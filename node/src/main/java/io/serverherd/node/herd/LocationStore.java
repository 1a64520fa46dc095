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
 * slot    lengths of origin, difference, client, location, time      varints, five bytes as a rule
 *         the fields' bytes, in that order, nothing between them
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
        /** A new client or a larger record, and the limit of clients or of bytes is reached. */
        FULL
    }

    private static final int TABLES = 256;
    private static final int TABLE_BITS = 8;
    private static final int TOUCHED = 16;
    /** The same on all servers, as digests are compared. */
    private static final long DIGEST_SEED = 0;

    private final SlotTable[] tables = new SlotTable[TABLES];
    private final SlotPages pages = new SlotPages();
    private final LocationRecord stored = new LocationRecord();
    private final IntToLongFunction clientHash = this::clientHash;
    private final long seed;
    private final long maxBytes;
    private int limit;
    private int size;
    private final RangeDigests digests = new RangeDigests();
    /** Where the next change is looked for. */
    private int sweepTable;

    private int sweepPosition;
    private int toTouch;
    /** Of no meaning: what is read must go somewhere. */
    private int touched;

    /**
     * @param limit how many clients at most
     * @param maxBytes how many bytes the records take at most: identifiers may be long
     * @param seed of the hash; secret, so that no one can choose clients that collide
     */
    public LocationStore(int limit, long maxBytes, long seed) {
        this.limit = limit;
        this.maxBytes = Math.min(maxBytes, SlotPages.MAX_BYTES / 2);
        this.seed = seed;
        Arrays.setAll(tables, t -> new SlotTable());
    }

    /** Changes how many clients are kept at most. Those that are there stay. */
    public void limit(int clients) {
        limit = clients;
    }

    public int size() {
        return size;
    }

    /** What records and tables take, in bytes. */
    long bytes() {
        return pages.bytes() + Arrays.stream(tables).mapToLong(SlotTable::bytes).sum();
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
        int reference = pages.next(cursor);
        if (reference != 0) {
            view(reference, record);
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
                view(table.reference(position), record);
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
            touched += pages.page(reference)[pages.offset(reference)];
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
        int bytes = encodedSize(record);
        boolean fits = bytes <= pages.capacity(reference);
        if (!fits && pages.bytes() >= maxBytes) {
            return Put.FULL;
        }
        takeOutOfDigests(reference);
        if (!fits) {
            pages.free(reference);
            reference = pages.allocate(bytes);
            table.replace(position, reference);
        }
        write(record, reference);
        table.mark(position);
        putIntoDigests(reference);
        return Put.STORED;
    }

    private Put insert(LocationRecord record, long hash, SlotTable table, int position) {
        if (size >= limit || pages.bytes() >= maxBytes) {
            return Put.FULL;
        }
        int reference = pages.allocate(encodedSize(record));
        write(record, reference);
        table.add(position, hash, reference, clientHash);
        putIntoDigests(reference);
        size++;
        return Put.STORED;
    }

    /** Where the client is in the table, or the empty place where it belongs. Leaves the view at the one that is there. */
    private int position(SlotTable table, long hash, byte[] buf, int from, int to, LocationRecord view) {
        int position = table.first(hash);
        while (table.reference(position) != 0) {
            if (table.mayHave(position, hash)) {
                view(table.reference(position), view);
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
        view(reference, stored);
        return Hash64.of(stored.array(), stored.clientStart(), stored.clientEnd(), seed);
    }

    private void putIntoDigests(int reference) {
        long hash = recordHash(reference);
        digests.add(RangeDigests.leaf(stored), hash);
    }

    private void takeOutOfDigests(int reference) {
        long hash = recordHash(reference);
        digests.remove(RangeDigests.leaf(stored), hash);
    }

    /** The hash of all bytes of a slot, at which the view is left. */
    private long recordHash(int reference) {
        view(reference, stored);
        return Hash64.of(stored.array(), pages.offset(reference), stored.timeEnd(), DIGEST_SEED);
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

    private void view(int reference, LocationRecord record) {
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

    private static int encodedSize(LocationRecord record) {
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
