package io.serverherd.node.herd;

import io.serverherd.node.protocol.LocationRecord;
import java.util.Arrays;

/**
 * The newest record of each client. Open addressing over integers that refer to slots of bytes:
 *
 * <pre>
 * hash of the client's bytes ─┬─ top 8 bits:  one of 256 tables
 *                             └─ low bits:    position in it, then linear probing
 *
 * table   int[2^n]            0 or a reference to a slot
 * tags    byte[2^n]           8 other bits of the hash: a slot whose tag differs need not be looked at
 * slot    lengths of origin, difference, client, location, time      varints, five bytes as a rule
 *         the fields' bytes, in that order, nothing between them
 * </pre>
 *
 * A table doubles at a load of 3/4: linear probing then needs 2.5 probes for a client that is there and 8.5 for one that
 * is not, but with the tags no slot of another client, and a table costs 7 to 13 bytes a client. There are 256 tables so
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
    private static final int INITIAL = 16;
    /** The same on all servers, as digests are compared. */
    private static final long DIGEST_SEED = 0;

    private final int[][] tables = new int[TABLES][INITIAL];
    private final byte[][] tags = new byte[TABLES][INITIAL];
    private final int[] used = new int[TABLES];
    private final SlotPages pages = new SlotPages();
    private final LocationRecord stored = new LocationRecord();
    private final long seed;
    private final long maxBytes;
    private int limit;
    private int size;
    private long digest;

    /**
     * @param limit how many clients at most
     * @param maxBytes how many bytes the records take at most: identifiers may be long
     * @param seed of the hash; secret, so that no one can choose clients that collide
     */
    public LocationStore(int limit, long maxBytes, long seed) {
        this.limit = limit;
        this.maxBytes = Math.min(maxBytes, SlotPages.MAX_BYTES / 2);
        this.seed = seed;
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
        return pages.bytes()
                + Arrays.stream(tables).mapToLong(table -> 5L * table.length).sum();
    }

    /** The sum of the records' hashes: the same for the same records, in whatever order they came. */
    public long digest() {
        return digest;
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
        int t = table(hash);
        return tables[t][position(t, hash, buf, clientStart, clientEnd, record)] != 0;
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

    private Put put(LocationRecord record, boolean report) {
        byte[] buf = record.array();
        long hash = Hash64.of(buf, record.clientStart(), record.clientEnd(), seed);
        int t = table(hash);
        int[] table = tables[t];
        int position = position(t, hash, buf, record.clientStart(), record.clientEnd(), stored);
        int reference = table[position];
        if (reference == 0) {
            return insert(record, hash, t, position);
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
        digest -= hash(reference);
        if (!fits) {
            pages.free(reference);
            reference = pages.allocate(bytes);
            table[position] = reference;
        }
        write(record, reference);
        digest += hash(reference);
        return Put.STORED;
    }

    private Put insert(LocationRecord record, long hash, int t, int position) {
        if (size >= limit || pages.bytes() >= maxBytes) {
            return Put.FULL;
        }
        int reference = pages.allocate(encodedSize(record));
        write(record, reference);
        tables[t][position] = reference;
        tags[t][position] = tag(hash);
        digest += hash(reference);
        size++;
        used[t]++;
        if (used[t] > tables[t].length / 4 * 3) {
            grow(t);
        }
        return Put.STORED;
    }

    /** Where the client is in the table, or the empty place where it belongs. Leaves the view at the one that is there. */
    private int position(int t, long hash, byte[] buf, int from, int to, LocationRecord view) {
        int[] table = tables[t];
        byte[] tags = this.tags[t];
        byte tag = tag(hash);
        int mask = table.length - 1;
        int position = (int) hash & mask;
        while (table[position] != 0) {
            if (tags[position] == tag) {
                view(table[position], view);
                if (Arrays.equals(buf, from, to, view.array(), view.clientStart(), view.clientEnd())) {
                    return position;
                }
            }
            position = position + 1 & mask;
        }
        return position;
    }

    private void grow(int t) {
        int[] old = tables[t];
        int[] table = new int[old.length * 2];
        byte[] newTags = new byte[table.length];
        int mask = table.length - 1;
        for (int reference : old) {
            if (reference != 0) {
                view(reference, stored);
                long hash = Hash64.of(stored.array(), stored.clientStart(), stored.clientEnd(), seed);
                int position = (int) hash & mask;
                while (table[position] != 0) {
                    position = position + 1 & mask;
                }
                table[position] = reference;
                newTags[position] = tag(hash);
            }
        }
        tables[t] = table;
        tags[t] = newTags;
    }

    private static int table(long hash) {
        return (int) (hash >>> Long.SIZE - TABLE_BITS);
    }

    /** Of bits that choose neither the table nor, below a billion clients, the position. */
    private static byte tag(long hash) {
        return (byte) (hash >>> Long.SIZE - TABLE_BITS - Byte.SIZE);
    }

    private long hash(int reference) {
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
