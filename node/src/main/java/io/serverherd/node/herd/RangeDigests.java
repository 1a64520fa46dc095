package io.serverherd.node.herd;

import io.serverherd.node.protocol.LocationRecord;

/**
 * What a store holds, summed up by ranges, so that two servers find where they differ without saying all that they hold.
 * A record belongs to a range by a hash of its client that is the same on all servers:
 *
 * <pre>
 * level 0   1 range, everything
 * level 1   16 ranges, by the hash's first four bits
 * level 2   256 ranges
 * level 3   4,096 ranges
 * level 4   16,384 ranges, by its first fourteen bits
 * </pre>
 *
 * A range's digest is the sum of its records' hashes: the same for the same records, in whatever order they came, and 0
 * where there are none. It takes 128 KiB, whatever there is to sum up: with more, each
 * report would wait for memory.
 */
final class RangeDigests {
    static final int LEVELS = 4;

    /** How many bits of the hash name a range of each level. */
    private static final int[] BITS = {0, 4, 8, 12, 14};

    private static final int LEAF_BITS = BITS[LEVELS];
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
        while (levels < LEVELS && most >> BITS[levels] > RECORDS_IN_RANGE) {
            levels++;
        }
        return levels;
    }

    /** The first leaf of a range. Those of the range itself end where those of the next begin. */
    static int firstLeaf(int level, int range) {
        return range << LEAF_BITS - BITS[level];
    }

    static int ranges(int level) {
        return 1 << BITS[level];
    }

    /** Of how many ranges of the next level one of this level consists. */
    static int parts(int level) {
        return 1 << BITS[level + 1] - BITS[level];
    }

    /** Adds to the sum that a leaf is part of: the hash of a record that came less that of one that went. */
    void change(int leaf, long by) {
        leaves[leaf] += by;
        total += by;
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
