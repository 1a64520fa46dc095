package io.serverherd.node.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeLineTest {
    private static final String DIGESTS = "0123456789abcdef".repeat(16);

    @Test
    void allItsPartsAreTold() {
        LineBuffer out = new LineBuffer(8);

        RangeLine.append(out, 2, 0x0b, 16, part -> part == 15 ? -1 : part);

        assertThat(new String(out.array(), 0, out.length(), ISO_8859_1))
                .startsWith("RANGE 0b 00000000000000000000000000000001")
                .endsWith("000000000000000effffffffffffffff\n")
                .hasSize("RANGE 0b ".length() + 16 * 16 + 1);
    }

    @ParameterizedTest
    @CsvSource({"0,0,16", "1,0,16", "1,15,1", "2,0,4", "2,255,16", "3,1,4", "3,4095,4"})
    void itIsReadAsItWasWritten(int level, int range, int parts) {
        LineBuffer out = new LineBuffer(8);
        RangeLine.append(out, level, range, parts, part -> Long.MIN_VALUE + part * 0x0123_4567_89abL);

        RangeLine read = RangeLine.read(out.array(), 0, out.length() - 1).orElseThrow();

        assertThat(read.level()).isEqualTo(level);
        assertThat(read.range()).isEqualTo(range);
        assertThat(read.digests()).hasSize(parts);
        for (int part = 0; part < parts; part++) {
            assertThat(read.digests()[part]).isEqualTo(Long.MIN_VALUE + part * 0x0123_4567_89abL);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RANGE",
                "RANGE 0",
                "RANGE 0 1",
                "RANGE 0000 0123456789abcdef",
                "RANGE 0123456789abcde",
                "RANGE g ",
                "RANGE A ",
                "RANGE 0000 ",
                "RANGE 0 0 ",
                "RANGE -1 "
            })
    void anythingElseSaysNothing(String line) {
        assertThat(read(line)).isEmpty();
        if (line.endsWith(" ")) {
            assertThat(read(line + DIGESTS)).isEmpty();
        }
        assertThat(read("RANGE " + DIGESTS + "0")).isEmpty();
        assertThat(read("RANGE " + DIGESTS + "0123456789abcdef")).isEmpty();
        assertThat(read("RANGE " + DIGESTS.toUpperCase(Locale.ROOT))).isEmpty();
    }

    private static Optional<RangeLine> read(String line) {
        byte[] bytes = line.getBytes(ISO_8859_1);
        return RangeLine.read(bytes, 0, bytes.length);
    }
}
