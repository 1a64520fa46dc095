package io.serverherd.node.herd;

import io.serverherd.node.protocol.LocationRecord;

/**
 * What a store holds, summed up by ranges, so that two servers find where they differ without saying all that they hold.
 * A record belongs to a range by a hash of its client that is the same on all servers:
 *
 * <pre>
 * level 0   1 range, everything
 * level 1   16 ranges, by the hash's first four bits
 * level 4   65,536 ranges, by its first sixteen bits
 * </pre>
 *
 * A range's digest is the sum of its records' hashes: the same for the same records, in whatever order they came, and 0
 * where there are none. It takes 512 KiB, whatever there is to sum up.
 */
final class RangeDigests {
    static final int LEVELS = 4;
    /** So many ranges of the next level make one. */
    static final int FANOUT = 16;

    private static final int BITS = 4;
    private static final int LEAF_BITS = LEVELS * BITS;
    static final long BYTES = (long) Long.BYTES << LEAF_BITS;

    /** Telling a digest costs about a quarter of telling a record: smaller ranges than this do not pay. */
    private static final int RECORDS_IN_RANGE = 4;
    /** The same on all servers. */
    private static final long SEED = 0;

    private final long[] leaves = new long[1 << LEAF_BITS];
    private long total;

    /** The range of the deepest level that the client is in. */
    static int leaf(LocationRecord record) {
        return (int)
                (Hash64.of(record.array(), record.clientStart(), record.clientEnd(), SEED) >>> Long.SIZE - LEAF_BITS);
    }

    /**
     * How deep two servers look that hold so many records: the one with more of them then has a handful in a range. Where
     * one has none there is nothing to compare.
     */
    static int levels(int records, int others) {
        int most = Math.min(records, others) == 0 ? 0 : Math.max(records, others);
        int levels = 0;
        while (levels < LEVELS && most >> levels * BITS > RECORDS_IN_RANGE) {
            levels++;
        }
        return levels;
    }

    /** The first leaf of a range. Those of the range itself end where those of the next begin. */
    static int firstLeaf(int level, int range) {
        return range << (LEVELS - level) * BITS;
    }

    void add(int leaf, long hash) {
        leaves[leaf] += hash;
        total += hash;
    }

    void remove(int leaf, long hash) {
        add(leaf, -hash);
    }

    long total() {
        return total;
    }

    long digest(int level, int range) {
        long sum = 0;
        int end = firstLeaf(level, range + 1);
        for (int leaf = firstLeaf(level, range); leaf < end; leaf++) {
            sum += leaves[leaf];
        }
        return sum;
    }
}
