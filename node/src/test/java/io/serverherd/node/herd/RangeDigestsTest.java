package io.serverherd.node.herd;

import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.node.protocol.LocationRecord;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeDigestsTest {
    private final LocationStore store = new LocationStore(10_000, 1 << 24, 42);

    @Test
    void thePartsOfARangeMakeItsDigest() {
        fill(store, 5_000);
        RangeDigests digests = store.digests();

        assertThat(digests.digest(0, 0)).isEqualTo(store.digest()).isNotZero();
        for (int level = 0; level < RangeDigests.LEVELS; level++) {
            int parts = RangeDigests.parts(level);
            for (int range = 0; range < 1 << 4 * level; range++) {
                int below = level + 1;
                int first = range * parts;
                long sum = IntStream.range(first, first + parts)
                        .mapToLong(part -> digests.digest(below, part))
                        .sum();
                assertThat(digests.digest(level, range))
                        .as("level %d, range %d", level, range)
                        .isEqualTo(sum);
            }
        }
    }

    @Test
    void aRecordChangesTheRangesOfItsClientAlone() {
        fill(store, 1_000);
        LocationStore other = new LocationStore(10_000, 1 << 24, 7);
        fill(other, 1_000);
        LocationRecord record = Records.of("AT Alford +0.1 client7 +1+1 6");
        int leaf = RangeDigests.leaf(record);

        other.hear(record);

        for (int range = 0; range < 1 << 14; range++) {
            assertThat(other.digests().digest(4, range) == store.digests().digest(4, range))
                    .as("range %x", range)
                    .isEqualTo(range != leaf);
        }
        assertThat(RangeDigests.firstLeaf(4, leaf)).isEqualTo(leaf);
        assertThat(RangeDigests.firstLeaf(1, leaf >> 10)).isEqualTo(leaf & 0x3c00);
    }

    @ParameterizedTest
    @CsvSource({"0,0,0", "1,1,0", "4,4,0", "5,1,1", "1,80,2", "5000,5000,3", "100000,99900,4", "100000,0,0", "0,7,0"})
    void moreRecordsAreComparedMoreFinely(int records, int others, int levels) {
        assertThat(RangeDigests.levels(records, others)).isEqualTo(levels);
        assertThat(RangeDigests.levels(others, records)).isEqualTo(levels);
    }

    private static void fill(LocationStore store, int clients) {
        for (int i = 0; i < clients; i++) {
            store.report(Records.of("AT Alford +0.1 client" + i + " +1+1 5"));
        }
    }
}
