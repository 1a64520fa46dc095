package io.serverherd.node.herd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.node.herd.LocationStore.Put;
import io.serverherd.node.protocol.LocationRecord;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocationStoreTest {
    private static final long MIB = 1 << 20;

    private final LocationStore store = new LocationStore(1_000_000, 256 * MIB, 42);

    @Test
    void aRecordIsFoundByItsClient() {
        store.report(Records.of("Alford", "+0.100000000", "kiwi", "+1.5-1.5", "1479413884.392"));

        assertThat(Records.find(store, "kiwi")).isEqualTo("AT Alford +0.100000000 kiwi +1.5-1.5 1479413884.392");
        assertThat(Records.find(store, "kiw")).isNull();
        assertThat(Records.find(store, "kiwi2")).isNull();
        assertThat(store.size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "5,6,STORED",
        "5,5.000000000000000000001,STORED",
        "9,10,STORED",
        "5,5,STALE",
        "5,5.0,STALE",
        "5,4.999,STALE",
        "10,9,STALE"
    })
    void aReportWinsIfItsTimeIsNewer(String stored, String reported, Put put) {
        store.report(Records.of("Alford", "+0.1", "kiwi", "+1+1", stored));

        assertThat(store.report(Records.of("Welsh", "+0.2", "kiwi", "+2+2", reported)))
                .isEqualTo(put);

        String winner =
                put == Put.STORED ? "AT Welsh +0.2 kiwi +2+2 " + reported : "AT Alford +0.1 kiwi +1+1 " + stored;
        assertThat(Records.find(store, "kiwi")).isEqualTo(winner);
    }

    @ParameterizedTest(name = "{1} over {0}")
    @CsvSource({
        "AT Welsh +9 kiwi +9+9 5, AT Alford +0 kiwi +1+1 6",
        "AT Alford +9 kiwi +9+9 5, AT Ball +0 kiwi +1+1 5.0",
        "AT Ball +9 kiwi +9+9 5, AT Balls +0 kiwi +1+1 5",
        "AT Ball +9 kiwi +1+1 5, AT Ball +0 kiwi +1+2 5",
        "AT Ball +0 kiwi +1+1 5, AT Ball +1 kiwi +1+1 5",
        "AT Ball +0 kiwi +1+1 5, AT Ball +0 kiwi +1+1 5.0"
    })
    void ofTwoHeardRecordsTheGreaterWinsInWhateverOrderTheyCome(String less, String greater) {
        LocationStore other = new LocationStore(10, MIB, 1);

        assertThat(store.hear(Records.of(less))).isEqualTo(Put.STORED);
        assertThat(store.hear(Records.of(greater))).isEqualTo(Put.STORED);
        assertThat(other.hear(Records.of(greater))).isEqualTo(Put.STORED);
        assertThat(other.hear(Records.of(less))).isEqualTo(Put.STALE);

        assertThat(Records.find(store, "kiwi")).isEqualTo(greater);
        assertThat(Records.find(other, "kiwi")).isEqualTo(greater);
        assertThat(store.digest()).isEqualTo(other.digest());
    }

    @Test
    void theSameRecordTwiceIsStoredOnce() {
        store.hear(Records.of("AT Ball +0 kiwi +1+1 5"));
        long digest = store.digest();

        assertThat(store.hear(Records.of("AT Ball +0 kiwi +1+1 5"))).isEqualTo(Put.STALE);

        assertThat(store.digest()).isEqualTo(digest);
    }

    @Test
    void itHoldsWhatAMapWouldHold() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<String, String> model = new HashMap<>();

        for (int time = 1; time < 60_000; time++) {
            String client = "c".repeat(1 + random.nextInt(3)) + random.nextInt(8_000) + "x".repeat(longTail(random));
            String line = "AT Alford +0.1 " + client + " +1.5-1.5 " + time;
            assertThat(store.report(Records.of(line))).isEqualTo(Put.STORED);
            model.put(client, line);
        }

        assertThat(store.size()).as("seed %d", seed).isEqualTo(model.size());
        assertThat(Records.all(store)).as("seed %d", seed).isEqualTo(new TreeSet<>(model.values()));
        model.forEach((client, line) ->
                assertThat(Records.find(store, client)).as("seed %d", seed).isEqualTo(line));
    }

    @ParameterizedTest
    @CsvSource({"1", "127", "128", "255", "256", "257", "8000", "16383", "16384", "32768", "65536", "1000000"})
    void identifiersMayBeOfAnyLength(int length) {
        String client = "k".repeat(length);
        String line = "AT Alford +0.1 " + client + " +1+1 5";

        store.report(Records.of(line));
        store.report(Records.of(line + "." + "1".repeat(length)));
        store.report(Records.of("AT Alford +0.1 kiwi +1+1 5"));

        assertThat(Records.find(store, client)).isEqualTo(line + "." + "1".repeat(length));
        assertThat(Records.all(store)).hasSize(2);
    }

    @Test
    void theDigestDependsOnTheRecordsAndNotOnTheirOrder() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            lines.add("AT Alford +0.1 client" + i % 300 + " +1+1 " + i);
        }
        lines.forEach(line -> store.hear(Records.of(line)));
        LocationStore other = new LocationStore(1_000, MIB, 7);
        Collections.shuffle(lines, new Random(3));

        lines.forEach(line -> other.hear(Records.of(line)));

        assertThat(other.digest()).isEqualTo(store.digest()).isNotZero();
        other.hear(Records.of("AT Alford +0.1 client0 +1+1 5000"));
        assertThat(other.digest()).isNotEqualTo(store.digest());
    }

    @Test
    void theDigestCountsWhereFieldsEnd() {
        // Nothing lies between the fields in a slot: without their lengths these two would be the same bytes.
        LocationRecord one = new LocationRecord();
        LocationRecord other = new LocationRecord();
        byte[] bytes = "Alford+0.1kiwi+1+15".getBytes(ISO_8859_1);
        one.over(bytes, 0, 6, 4, 4, 4, 1);
        other.over(bytes, 0, 6, 4, 4, 3, 2);
        LocationStore second = new LocationStore(10, MIB, 42);

        store.hear(one);
        second.hear(other);

        assertThat(store.digest()).isNotEqualTo(second.digest());
    }

    @Test
    void aCursorSeesAllThatWasThereWhileOtherRecordsAreStored() {
        for (int i = 0; i < 2_000; i++) {
            store.report(Records.of("AT Alford +0.1 old" + i + " +1+1 5"));
        }
        Set<String> seen = new HashSet<>();
        LocationRecord record = new LocationRecord();
        int fresh = 0;

        for (int cursor = store.next(0, record); cursor != 0; cursor = store.next(cursor, record)) {
            seen.add(Records.text(record));
            if (fresh < 20_000) {
                for (int i = 0; i < 20; i++, fresh++) {
                    store.report(Records.of("AT Alford +0.1 new" + fresh + "y".repeat(fresh % 50) + " +1+1 5"));
                }
            }
        }

        for (int i = 0; i < 2_000; i++) {
            assertThat(seen).contains("AT Alford +0.1 old" + i + " +1+1 5");
        }
    }

    @Test
    void aNewClientBeyondTheLimitTakesThePlaceOfTheOldest() {
        LocationStore small = new LocationStore(2, MIB, 42);
        small.report(Records.of("AT Alford +0.1 a +1+1 5"));
        small.report(Records.of("AT Alford +0.1 b +1+1 6"));
        small.report(Records.of("AT Alford +0.1 a +1+1 7"));

        assertThat(small.report(Records.of("AT Alford +0.1 c +1+1 6.000000001")))
                .isEqualTo(Put.STORED);

        assertThat(Records.all(small)).containsExactly("AT Alford +0.1 a +1+1 7", "AT Alford +0.1 c +1+1 6.000000001");
        assertThat(Records.find(small, "b")).isNull();
        assertThat(small.size()).isEqualTo(2);
        assertThat(small.evicted()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"old,4.999,FULL", "a,5,FULL", "c,5,STORED", "c,5.0,STORED", "a,5.000000001,STORED"})
    void oneThatIsOlderThanAllIsRefused(String client, String time, Put put) {
        LocationStore small = new LocationStore(1, MIB, 42);
        small.report(Records.of("AT Alford +0.1 b +1+1 5"));

        assertThat(small.report(Records.of("AT Alford +0.1 " + client + " +1+1 " + time)))
                .isEqualTo(put);

        assertThat(Records.find(small, "b") == null).isEqualTo(put == Put.STORED);
    }

    @Test
    void aLowerLimitEvictsWhenToldSo() {
        LocationStore small = new LocationStore(10, MIB, 42);
        for (int i = 0; i < 10; i++) {
            small.report(Records.of("AT Alford +0.1 c" + i + " +1+1 " + (10 + i * 7 % 10)));
        }

        small.limit(4);
        assertThat(small.evict(3)).isTrue();
        assertThat(small.size()).isEqualTo(7);
        assertThat(small.evict(100)).isFalse();

        assertThat(Records.all(small)).hasSize(4).allMatch(line -> Integer.parseInt(line.split(" ")[5]) >= 16);
        small.limit(5);
        assertThat(small.report(Records.of("AT Alford +0.1 late +1+1 1"))).isEqualTo(Put.STORED);
    }

    /** Few times and clients of all lengths, so that there are ties, and records that move to other slots. */
    @Test
    void itKeepsTheNewestClientsInWhateverOrderTheyCome() {
        for (int round = 0; round < 20; round++) {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            int limit = 1 + random.nextInt(300);
            List<String> lines = new ArrayList<>();
            Map<String, String> newest = new HashMap<>();
            for (int i = 0; i < 5_000; i++) {
                String client = "c".repeat(1 + random.nextInt(3)) + random.nextInt(400);
                String time = random.nextInt(200) + "." + "5".repeat(1 + random.nextInt(30));
                String line = "AT Alford +0.1 " + client + " +1+1 " + time;
                lines.add(line);
                newest.merge(client, line, Records::winner);
            }
            Set<String> expected = new TreeSet<>(newest.values().stream()
                    .sorted(OLDEST_FIRST.reversed())
                    .limit(limit)
                    .toList());
            LocationStore inOneGo = new LocationStore(1_000_000, MIB, 3);
            expected.forEach(line -> inOneGo.hear(Records.of(line)));

            for (int order = 0; order < 3; order++) {
                LocationStore full = new LocationStore(limit, MIB, random.nextLong());
                Collections.shuffle(lines, random);
                lines.forEach(line -> full.hear(Records.of(line)));

                assertThat(Records.all(full)).as("seed %d", seed).isEqualTo(expected);
                assertThat(full.digest()).as("seed %d", seed).isEqualTo(inOneGo.digest());
                assertThat(full.size()).isEqualTo(Math.min(limit, newest.size()));
                expected.forEach(line -> assertThat(Records.find(full, line.split(" ")[3]))
                        .as("seed %d", seed)
                        .isEqualTo(line));
            }
        }
    }

    private static final Comparator<String> OLDEST_FIRST = Comparator.comparing(
                    (String line) -> new BigDecimal(line.split(" ")[5]).setScale(9, RoundingMode.DOWN))
            .thenComparing(line -> line.split(" ")[3]);

    @Test
    void changesOfClientsThatHadToGoAreForgottenWithThem() {
        LocationStore small = new LocationStore(100, MIB, 42);
        for (int i = 0; i < 1_000; i++) {
            small.report(Records.of("AT Alford +0.1 c" + i + " +1+1 " + i));
        }

        assertThat(small.changed()).isEqualTo(100);
        Set<String> told = new TreeSet<>();
        LocationRecord record = new LocationRecord();
        while (small.nextChanged(record)) {
            told.add(Records.text(record));
        }
        assertThat(told).isEqualTo(Records.all(small));
    }

    @Test
    void whatGoesMakesRoom() {
        LocationStore small = new LocationStore(10_000, 256 * MIB, 42);
        for (int i = 0; i < 20_000; i++) {
            small.report(Records.of("AT Alford +0.1 c" + i + " +1+1 " + (100_000 + i)));
        }
        long settled = small.bytes();

        for (int i = 20_000; i < 300_000; i++) {
            small.report(Records.of("AT Alford +0.1 c" + i + " +1+1 " + (100_000 + i)));
        }

        assertThat(small.bytes()).isLessThanOrEqualTo(settled + MIB / 4);
    }

    @Test
    void longIdentifiersDoNotTakeMoreThanTheBytesAllowed() {
        LocationStore small = new LocationStore(1_000_000, MIB, 42);
        String padding = "x".repeat(16_000);

        Put last = Put.STORED;
        for (int i = 0; i < 1_000; i++) {
            last = small.report(Records.of("AT Alford +0.1 " + i + padding + " +1+1 5"));
        }

        assertThat(last).isEqualTo(Put.FULL);
        assertThat(small.bytes()).isLessThan(2 * MIB);
        assertThat(small.report(Records.of("AT Alford +0.1 0" + padding + " +1+1 6")))
                .isEqualTo(Put.STORED);
    }

    @Test
    void recordsThatGrowAndShrinkReuseTheirBytes() {
        for (int time = 0; time < 20_000; time++) {
            String fraction = "1".repeat(1 + time % 40);
            store.report(Records.of("AT Alford +0.1 client" + time % 100 + " +1+1 " + time + "." + fraction));
        }
        long settled = store.bytes();

        for (int time = 20_000; time < 200_000; time++) {
            String fraction = "1".repeat(1 + time % 40);
            store.report(Records.of("AT Alford +0.1 client" + time % 100 + " +1+1 " + time + "." + fraction));
        }

        assertThat(store.bytes()).isLessThanOrEqualTo(settled + MIB / 8);
    }

    @Test
    void aMillionClientsTakeLessThan96BytesEach() {
        for (int i = 0; i < 1_000_000; i++) {
            store.report(Records.of(
                    "Alford",
                    "+0.263873386",
                    String.format("c%015d", i),
                    "+34.068930-118.445127",
                    "1479413884.392014450"));
        }

        assertThat(store.size()).isEqualTo(1_000_000);
        assertThat(store.bytes() / 1_000_000.0).isLessThan(96);
    }

    private Set<String> changes() {
        Set<String> changes = new TreeSet<>();
        LocationRecord record = new LocationRecord();
        while (store.nextChanged(record)) {
            assertThat(changes.add(Records.text(record))).isTrue();
        }
        return changes;
    }

    @Test
    void whatHasChangedIsToldOnceInItsLastState() {
        store.report(Records.of("AT Alford +0 kiwi +1+1 5"));
        store.report(Records.of("AT Alford +0 emu +1+1 5"));
        store.report(Records.of("AT Alford +0 kiwi +2+2 6"));
        store.report(Records.of("AT Alford +0 kiwi +3+3 4"));
        assertThat(store.changed()).isEqualTo(2);

        assertThat(changes()).containsExactly("AT Alford +0 emu +1+1 5", "AT Alford +0 kiwi +2+2 6");
        assertThat(store.changed()).isZero();
        assertThat(changes()).isEmpty();

        store.hear(Records.of("AT Ball +0 emu +1+1.234567890 7"));
        assertThat(changes()).containsExactly("AT Ball +0 emu +1+1.234567890 7");
    }

    @Test
    void changesSurviveTheGrowthOfTables() {
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < 100_000; i++) {
            String line = "AT Alford +0 c" + i + " +1+1 5";
            store.report(Records.of(line));
            if (i < 50_000) {
                continue;
            }
            expected.add(line);
            if (i == 50_000) {
                store.forgetChanged();
                store.report(Records.of("AT Alford +0 c" + i + " +1+1 6"));
                expected.clear();
                expected.add("AT Alford +0 c" + i + " +1+1 6");
            }
        }

        assertThat(store.changed()).isEqualTo(50_000);
        assertThat(changes()).isEqualTo(expected);
    }

    private static int longTail(Random random) {
        return random.nextInt(50) == 0 ? random.nextInt(5_000) : 0;
    }
}
