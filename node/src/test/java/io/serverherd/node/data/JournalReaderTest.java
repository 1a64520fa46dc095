package io.serverherd.node.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalReaderTest {
    private static final String FIRST = JournalBytes.record("kiwi", 1);
    private static final String SECOND = JournalBytes.record("emu", 2) + JournalBytes.record("rhea", 3);
    private static final String THIRD = JournalBytes.record("moa", 4);

    private final List<String> read = new ArrayList<>();
    private final JournalReader reader =
            new JournalReader("five", (buf, from, to) -> read.add(new String(buf, from, to - from, ISO_8859_1)));

    private void read(byte[] file) throws IOException {
        reader.read(new ByteArrayInputStream(file));
    }

    private long leftOut() {
        return reader.damagedBytes() + reader.tornBytes();
    }

    @Test
    void allBlocksAreReadInTheirOrder() throws IOException {
        read(new JournalBytes("five").block(FIRST).block(SECOND).block(THIRD).toArray());

        assertThat(read).containsExactly(FIRST, SECOND, THIRD);
        assertThat(leftOut()).isZero();
    }

    @Test
    void nothingIsAJournalToo() throws IOException {
        read(new byte[0]);
        read(new JournalBytes("five").toArray());

        assertThat(read).isEmpty();
        assertThat(leftOut()).isZero();
    }

    @Test
    void aFileCutOffAtAnyByteOfItsLastBlockLosesThatBlockAlone() throws IOException {
        JournalBytes file = new JournalBytes("five").block(FIRST).block(SECOND);
        int sound = file.length();
        byte[] bytes = file.block(THIRD).toArray();

        for (int end = sound; end < bytes.length; end++) {
            read.clear();
            long before = reader.tornBytes();

            read(Arrays.copyOf(bytes, end));

            assertThat(read).as("cut off at %d", end).containsExactly(FIRST, SECOND);
            assertThat(reader.tornBytes() - before).as("cut off at %d", end).isEqualTo(end - sound);
        }
        assertThat(reader.damagedBytes()).isZero();
    }

    @Test
    void aFileCutOffInItsFirstBlockIsEmpty() throws IOException {
        byte[] bytes = new JournalBytes("five").toArray();

        for (int end = 0; end < bytes.length; end++) {
            read(Arrays.copyOf(bytes, end));
        }

        assertThat(read).isEmpty();
        assertThat(reader.damagedBytes()).isZero();
    }

    @Test
    void anyFlippedBitCostsItsBlockAndIsNoticed() throws IOException {
        JournalBytes file = new JournalBytes("five");
        int header = file.length();
        int first = file.block(FIRST).length();
        int second = file.block(SECOND).length();
        byte[] bytes = file.block(THIRD).toArray();

        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
            int at = bit / Byte.SIZE;
            List<String> sound = new ArrayList<>(List.of(FIRST, SECOND, THIRD));
            if (at >= header) {
                sound.remove(at < first ? FIRST : at < second ? SECOND : THIRD);
            }
            read.clear();
            long before = leftOut();

            bytes[at] ^= (byte) (1 << bit % Byte.SIZE);
            read(bytes);
            bytes[at] ^= (byte) (1 << bit % Byte.SIZE);

            assertThat(read).as("bit %d of byte %d", bit % Byte.SIZE, at).isEqualTo(sound);
            assertThat(leftOut() - before).as("left out for byte %d", at).isPositive();
        }
    }

    @Test
    void damageInTheMiddleIsNotTakenForACutOffEnd() throws IOException {
        JournalBytes file = new JournalBytes("five").block(FIRST);
        int start = file.length();
        byte[] bytes = file.block(SECOND).block(THIRD).toArray();
        // The length: the block seems to go on behind the end of the file.
        bytes[start + 5] ^= 1;

        read(bytes);

        assertThat(read).containsExactly(FIRST, THIRD);
        assertThat(reader.damagedBytes()).isEqualTo(Block.HEADER + SECOND.length());
        assertThat(reader.tornBytes()).isZero();
    }

    @Test
    void whatIsNoBlockIsPassedOver() throws IOException {
        byte[] zeros = new byte[10_000];
        byte mark = (byte) (Block.MARK >> 24);

        read(new JournalBytes("five")
                .block(FIRST)
                .raw(zeros)
                .block(SECOND)
                .raw(mark, mark)
                .block(THIRD)
                .toArray());

        assertThat(read).containsExactly(FIRST, SECOND, THIRD);
        assertThat(reader.damagedBytes()).isEqualTo(10_002);
    }

    @Test
    void aBlockOfAnotherHerdIsNoneOfOurs() throws IOException {
        byte[] theirs = new JournalBytes("six").block(SECOND).toArray();

        read(new JournalBytes("five").block(FIRST).raw(theirs).block(THIRD).toArray());

        assertThat(read).containsExactly(FIRST, THIRD);
    }

    @Test
    void blocksMayBeLongerThanTheReadersWindow() throws IOException {
        String longest = JournalBytes.record("x".repeat(1 << 20), 5);

        read(new JournalBytes("five")
                .block(FIRST)
                .block(longest)
                .block(THIRD)
                .block(longest)
                .toArray());

        assertThat(read).containsExactly(FIRST, longest, THIRD, longest);
        assertThat(leftOut()).isZero();
    }

    @Test
    void blocksMayLieAnyhowAcrossTheReadersWindow() throws IOException {
        JournalBytes file = new JournalBytes("five");
        List<String> blocks = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            blocks.add(JournalBytes.record("c".repeat(1 + i % 300), i));
            file.block(blocks.get(i));
        }

        read(file.toArray());

        assertThat(read).isEqualTo(blocks);
    }
}
