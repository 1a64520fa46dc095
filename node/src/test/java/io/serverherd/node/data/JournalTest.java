package io.serverherd.node.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path temp;

    private final List<KeptHerd> herds = new ArrayList<>();
    private int copies;

    /** A disk that can be made to fail or to hang. */
    private static final class FaultyDisk implements RecordFile.Maker {
        volatile long room = Long.MAX_VALUE;
        volatile boolean syncFails;
        final Semaphore writes = new Semaphore(1);
        final Semaphore syncs = new Semaphore(1);

        @Override
        public RecordFile make(Path path) throws IOException {
            RecordFile file = RecordFile.make(path);
            return new RecordFile() {
                @Override
                public void write(ByteBuffer bytes) throws IOException {
                    writes.acquireUninterruptibly();
                    writes.release();
                    if (bytes.remaining() > room) {
                        // As the system does it: what fits is written.
                        file.write(bytes.slice(bytes.position(), (int) room));
                        room = 0;
                        throw new IOException("No space left on device");
                    }
                    room -= bytes.remaining();
                    file.write(bytes);
                }

                @Override
                public void force() throws IOException {
                    syncs.acquireUninterruptibly();
                    syncs.release();
                    if (syncFails) {
                        throw new IOException("Input/output error");
                    }
                    file.force();
                }

                @Override
                public void close() throws IOException {
                    file.close();
                }
            };
        }
    }

    @AfterEach
    void end() {
        herds.forEach(KeptHerd::close);
    }

    private Path folder() {
        return temp.resolve("data");
    }

    private KeptHerd open(KeptHerd herd) {
        herds.add(herd);
        return herd;
    }

    private KeptHerd open() {
        return open(new KeptHerd(folder()));
    }

    private List<Path> journals() {
        try (var files = Files.list(folder())) {
            return files.filter(file -> file.toString().endsWith(".journal")).collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitOneJournal() {
        await().until(() -> journals().size() == 1);
    }

    /** What a start would find after a kill at this moment. */
    private KeptHerd afterAKill() {
        Path copy = temp.resolve("copy" + copies++);
        try {
            Files.createDirectory(copy);
            for (Path journal : journals()) {
                Files.copy(journal, copy.resolve(journal.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return open(new KeptHerd(copy));
    }

    private void awaitKept(KeptHerd herd) {
        await().untilAsserted(() -> {
            KeptHerd next = afterAKill();
            try {
                assertThat(next.records()).isEqualTo(herd.records());
            } finally {
                next.close();
            }
        });
    }

    private void write(String name, byte[] content) throws IOException {
        Files.createDirectories(folder());
        Files.write(folder().resolve(name), content);
    }

    @Test
    void whatWasReportedIsReadAgain() {
        KeptHerd herd = open();
        herd.report("kiwi", 1);
        herd.report("emu", 1, 7);
        awaitKept(herd);

        assertThat(herd.status().state()).isEqualTo(DataStatus.State.OK);
        herd.close();
        KeptHerd next = open();
        assertThat(next.records()).containsExactly(JournalBytes.record("emu", 7), JournalBytes.record("kiwi", 1));
        assertThat(next.status().read()).isEqualTo(2);
    }

    @Test
    void aStartGoesOnBesideWhatItFindsInAnyOrder() throws IOException {
        byte[] found =
                new JournalBytes("five").block(JournalBytes.record("kiwi", 2)).toArray();
        write("records-9.journal", found);
        write(
                "records-10.journal",
                new JournalBytes("five").block(JournalBytes.record("emu", 1)).toArray());
        write(
                "records-12.journal",
                new JournalBytes("five").block(JournalBytes.record("kiwi", 1)).toArray());

        KeptHerd herd = open();
        herd.report("emu", 2);

        assertThat(herd.records()).containsExactly(JournalBytes.record("emu", 2), JournalBytes.record("kiwi", 2));
        assertThat(folder().resolve("records-13.journal")).exists();
        assertThat(folder().resolve("records-9.journal")).hasBinaryContent(found);
        awaitKept(herd);
    }

    @Test
    void aStartWritesAnewWhatIsMostlyOutOfDate() throws IOException {
        JournalBytes journal = new JournalBytes("five");
        String block = JournalBytes.record("kiwi", 1).repeat(60_000);
        while (journal.length() < 33 << 20) {
            journal.block(block);
        }
        write("records-1.journal", journal.block(JournalBytes.record("kiwi", 2)).toArray());

        KeptHerd herd = open();

        awaitOneJournal();
        assertThat(journals()).containsExactly(folder().resolve("records-2.journal"));
        assertThat(herd.status().fileBytes())
                .isEqualTo(Files.size(journals().get(0)))
                .isLessThan(200);
        assertThat(herd.records()).containsExactly(JournalBytes.record("kiwi", 2));
    }

    @Test
    void startsDoNotPileUpJournals() {
        for (int start = 1; start <= 30; start++) {
            KeptHerd herd = open();
            herd.report("c" + start, 1);
            herd.close();

            assertThat(journals()).hasSizeLessThanOrEqualTo(9);
        }

        assertThat(open().records()).hasSize(30);
    }

    @Test
    void aJournalDoesNotGrowWithoutEnd() {
        KeptHerd herd = open();

        for (int time = 1; herd.status().rewritten() == 0; time++) {
            long before = herd.status().written();
            herd.reportOfAll(2_000, "k".repeat(1_000), time);
            await().until(() -> herd.status().written() >= before + 2_000_000);
        }

        awaitOneJournal();
        assertThat(herd.status().written()).isGreaterThan(33 << 20).isLessThan(50 << 20);
        assertThat(herd.status().fileBytes()).isLessThan(10 << 20);
        awaitKept(herd);
    }

    @Test
    void whatChangesManyTimesBeforeItIsWrittenIsWrittenOnce() {
        FaultyDisk disk = new FaultyDisk();
        KeptHerd herd = open(new KeptHerd(folder(), disk));

        herd.report("kiwi", 1, 100_000);

        awaitKept(herd);
        assertThat(herd.status().written())
                .isLessThan(100 * JournalBytes.record("kiwi", 1).length());
    }

    @Test
    void damageIsSaidAndTheRestIsServed() throws IOException {
        JournalBytes journal = new JournalBytes("five").block(JournalBytes.record("kiwi", 1));
        int damaged = journal.length() + Block.HEADER;
        byte[] bytes = journal.block(JournalBytes.record("emu", 1))
                .block(JournalBytes.record("moa", 1))
                .toArray();
        bytes[damaged] ^= 4;
        write("records-1.journal", bytes);

        KeptHerd herd = open();

        assertThat(herd.records()).containsExactly(JournalBytes.record("kiwi", 1), JournalBytes.record("moa", 1));
        assertThat(herd.status().state()).isEqualTo(DataStatus.State.DAMAGED);
        assertThat(herd.status().error())
                .isEqualTo(herd.status().damagedBytes() + " bytes found at the start were damaged and are left out");
        awaitOneJournal();
        herd.report("emu", 2);
        awaitKept(herd);
        assertThat(afterAKill().status().state()).isEqualTo(DataStatus.State.OK);
    }

    @Test
    void aFlippedBitCostsAtMostOneBlock() throws IOException {
        KeptHerd herd = open();
        herd.reportOfAll(20_000, 1);
        herd.close();
        Path journal = journals().get(0);
        byte[] bytes = Files.readAllBytes(journal);
        bytes[bytes.length / 2] ^= 1;
        Files.write(journal, bytes);

        KeptHerd next = open();

        int mostInABlock = Block.BYTES / JournalBytes.record("c0", 1).length();
        assertThat(next.records()).hasSizeBetween(20_000 - mostInABlock, 19_999);
        assertThat(next.status().damagedBytes()).isLessThanOrEqualTo(Block.HEADER + Block.BYTES);
    }

    @Test
    void whatAStartDidNotFinishIsOfNoUse() throws IOException {
        byte[] unfinished =
                new JournalBytes("five").block(JournalBytes.record("kiwi", 1)).toArray();
        write("records.new", unfinished);

        KeptHerd herd = open();

        assertThat(herd.records()).isEmpty();
        assertThat(folder().resolve("records.new")).doesNotExist();
    }

    @Test
    void aCutOffEndIsNoDamage() throws IOException {
        byte[] bytes = new JournalBytes("five")
                .block(JournalBytes.record("kiwi", 1))
                .raw(new byte[] {(byte) (Block.MARK >> 24)})
                .toArray();
        write("records-1.journal", bytes);

        KeptHerd herd = open();

        assertThat(herd.status().state()).isEqualTo(DataStatus.State.OK);
        assertThat(herd.status().tornBytes()).isEqualTo(1);
    }

    @Test
    void theJournalOfAnotherServerOfTheHerdIsTakenOver() throws IOException {
        write(
                "records-1.journal",
                new JournalBytes(1, "five", "Ball")
                        .block(JournalBytes.record("kiwi", 1))
                        .toArray());

        KeptHerd herd = open();

        assertThat(herd.records()).containsExactly(JournalBytes.record("kiwi", 1));
        assertThat(herd.status().state()).isEqualTo(DataStatus.State.OK);
    }

    @Test
    void theFolderOfAnotherHerdIsLeftAsItIs() throws IOException {
        byte[] theirs =
                new JournalBytes("six").block(JournalBytes.record("kiwi", 1)).toArray();
        write("records-1.journal", theirs);

        KeptHerd herd = open();
        herd.report("emu", 1);

        assertThat(herd.records()).containsExactly(JournalBytes.record("emu", 1));
        assertThat(herd.status().state()).isEqualTo(DataStatus.State.FAILING);
        assertThat(herd.status().error())
                .endsWith("records-1.journal: has records of herd \"six\", this server is of \"five\"; "
                        + "the folder is left as it is");
        assertThat(journals()).hasSize(1);
        assertThat(folder().resolve("records-1.journal")).hasBinaryContent(theirs);
    }

    @Test
    void aJournalOfANewerVersionIsLeftAsItIs() throws IOException {
        byte[] newer = new JournalBytes(2, "five", "Alford").raw((byte) 1).toArray();
        write("records-1.journal", newer);

        KeptHerd herd = open();

        assertThat(herd.status().state()).isEqualTo(DataStatus.State.FAILING);
        assertThat(herd.status().error()).contains("has format 2 of a newer version, this one writes 1; ");
        assertThat(folder().resolve("records-1.journal")).hasBinaryContent(newer);
    }

    @Test
    void recordsBeyondTheLimitOfClientsAreLeftOut() throws IOException {
        KeptHerd herd = open();
        herd.reportOfAll(10, 1);
        herd.close();

        KeptHerd next = open(new KeptHerd(folder(), "five", "Alford", 4, RecordFile::make));

        assertThat(next.records()).hasSize(4);
        assertThat(next.status().state()).isEqualTo(DataStatus.State.OK);
    }

    @Test
    void aFolderHasOneServerAndTheNextOneWaitsForIt() {
        KeptHerd first = open();
        first.report("kiwi", 1);

        KeptHerd second = open();
        assertThat(second.status().state()).isEqualTo(DataStatus.State.FAILING);
        assertThat(second.status().error())
                .isEqualTo(
                        folder() + ": another process keeps its records here; each server needs a folder of its own");
        second.report("emu", 1);
        first.close();

        second.awaitState(DataStatus.State.OK);
        assertThat(second.records()).containsExactly(JournalBytes.record("emu", 1), JournalBytes.record("kiwi", 1));
        awaitKept(second);
    }

    @Test
    void aFullDiskIsSaidAndWhenItHasRoomAgainEverythingIsWritten() {
        FaultyDisk disk = new FaultyDisk();
        KeptHerd herd = open(new KeptHerd(folder(), disk));
        herd.report("kiwi", 1);
        awaitKept(herd);

        disk.room = 10;
        herd.reportOfAll(100, 1);
        herd.awaitState(DataStatus.State.FAILING);
        assertThat(herd.status().error()).isEqualTo("No space left on device");
        // What was sound before still is.
        assertThat(afterAKill().records()).contains(JournalBytes.record("kiwi", 1));

        herd.report("emu", 1);
        disk.room = Long.MAX_VALUE;
        herd.awaitState(DataStatus.State.OK);
        assertThat(herd.records()).hasSize(102);
        awaitKept(herd);
        awaitOneJournal();
    }

    @Test
    void aDiskFullFromTheStartStillGivesWhatItHas() throws IOException {
        byte[] before =
                new JournalBytes("five").block(JournalBytes.record("kiwi", 1)).toArray();
        write("records-1.journal", before);
        FaultyDisk disk = new FaultyDisk();
        disk.room = 20;

        KeptHerd herd = open(new KeptHerd(folder(), disk));

        assertThat(herd.records()).containsExactly(JournalBytes.record("kiwi", 1));
        assertThat(herd.status().state()).isEqualTo(DataStatus.State.FAILING);
        assertThat(folder().resolve("records-1.journal")).hasBinaryContent(before);
    }

    @Test
    void aFolderThatCanOnlyBeReadIsRead() throws IOException {
        write(
                "records-1.journal",
                new JournalBytes("five").block(JournalBytes.record("kiwi", 1)).toArray());
        // Not even root can open a folder for writing.
        Files.createDirectory(folder().resolve("lock"));

        KeptHerd herd = open();

        assertThat(herd.records()).containsExactly(JournalBytes.record("kiwi", 1));
        assertThat(herd.status().state()).isEqualTo(DataStatus.State.FAILING);
        assertThat(herd.status().error()).contains("lock: Is a directory");
    }

    @Test
    void aDiskThatCannotSyncIsSaid() {
        FaultyDisk disk = new FaultyDisk();
        KeptHerd herd = open(new KeptHerd(folder(), disk));
        awaitOneJournal();

        disk.syncFails = true;
        herd.report("kiwi", 1);
        herd.awaitState(DataStatus.State.FAILING);
        assertThat(herd.status().error()).isEqualTo("Input/output error");

        disk.syncFails = false;
        herd.awaitState(DataStatus.State.OK);
        awaitKept(herd);
    }

    @Test
    void aDiskThatHangsHoldsUpNobodyAndGetsEverythingWhenItGoesOn() {
        FaultyDisk disk = new FaultyDisk();
        KeptHerd herd = open(new KeptHerd(folder(), disk));

        disk.writes.acquireUninterruptibly();
        for (int time = 1; herd.status().state() == DataStatus.State.OK; time++) {
            herd.reportOfAll(100_000, time);
        }
        assertThat(herd.status().state()).isEqualTo(DataStatus.State.FAILING);
        assertThat(herd.status().error()).isEqualTo("the disk does not keep up");
        assertThat(herd.status().unwritten()).isBetween(1L, 100_000L);
        disk.writes.release();

        herd.awaitState(DataStatus.State.OK);
        await().untilAsserted(() -> {
            KeptHerd next = afterAKill();
            assertThat(next.digest()).isEqualTo(herd.digest());
        });
        assertThat(herd.status().unwritten()).isZero();
    }

    @Test
    void aDiskThatHangsAtTheEndKeepsTheNextProcessFromNothing() {
        FaultyDisk disk = new FaultyDisk();
        KeptHerd herd = open(new KeptHerd(folder(), disk));
        herd.report("kiwi", 1);
        long digest = herd.digest();

        disk.syncs.acquireUninterruptibly();
        herd.close();
        KeptHerd next = open();

        assertThat(next.digest()).isEqualTo(digest);
        disk.syncs.release();
    }

    @Test
    void aLongLineIsKeptToo() {
        KeptHerd herd = open();
        herd.report("x".repeat(1 << 20), 1);
        herd.report("kiwi", 1);

        awaitKept(herd);
    }

    @Test
    void manyRecordsAreTheSameAfterwards() {
        KeptHerd herd = open();
        herd.reportOfAll(200_000, 1);
        herd.close();

        KeptHerd next = open();

        assertThat(next.digest()).isEqualTo(herdDigest(200_000));
    }

    private long herdDigest(int clients) {
        KeptHerd other = open(new KeptHerd(temp.resolve("other")));
        other.reportOfAll(clients, 1);
        return other.digest();
    }
}
