package io.serverherd.node.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordParserTest {
    private static final String LINE = "AT Alford +0.263873386 kiwi\u00ff +34.068930-118.445127 1479413884.392014450";

    private final RecordParser parser = new RecordParser();
    private final LocationRecord record = new LocationRecord();

    @Test
    void aRecordIsPassedOnAsItCame() {
        assertThat(parse(LINE)).isTrue();

        assertThat(line()).isEqualTo(LINE + "\n");
    }

    @Test
    void fieldsArePassedOnWithSingleSpacesBetweenThem() {
        assertThat(parse("\tAT  Alford\t-1.5  kiwi\r+1+1 \f 5 ")).isTrue();

        assertThat(line()).isEqualTo("AT Alford -1.5 kiwi +1+1 5\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AT",
                "AT Alford",
                "at Alford +0.1 kiwi +1+1 1",
                "AT Alford 0.1 kiwi +1+1 1",
                "AT Alford +0. kiwi +1+1 1",
                "AT Alford +1e3 kiwi +1+1 1",
                "AT Alford +0.1 kiwi 1+1 1",
                "AT Alford +0.1 kiwi +1+1 x",
                "AT Alford +0.1 kiwi +1+1 1 1",
                "AT Alford +0.1 kiwi +1+1",
                "ATX Alford +0.1 kiwi +1+1 1",
                "IAMAT kiwi +1+1 1",
                "AT Alford + kiwi +1+1 1",
                "AT Al_ford +0.1 kiwi +1+1 1",
                "AT 1Alford +0.1 kiwi +1+1 1",
                "AT Alford- +0.1 kiwi +1+1 1",
                "AT Alfordé +0.1 kiwi +1+1 1",
                "AT A23456789012345678901234567890123 +0.1 kiwi +1+1 1"
            })
    void anythingElseIsNoRecord(String line) {
        assertThat(parse(line)).isFalse();
    }

    @Test
    void anyBytesAreParsedWithoutAnException() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);

        for (int i = 0; i < 100_000; i++) {
            byte[] line = Arrays.copyOf(LINE.getBytes(ISO_8859_1), random.nextInt(LINE.length() + 1));
            for (int n = random.nextInt(3); n > 0 && line.length > 0; n--) {
                line[random.nextInt(line.length)] = (byte) random.nextInt(256);
            }
            if (parser.parse(line, 0, line.length, record)) {
                byte[] again = line().getBytes(ISO_8859_1);
                assertThat(parser.parse(again, 0, again.length - 1, record))
                        .as("what is passed on is a record again, seed %d", seed)
                        .isTrue();
            }
        }
    }

    private boolean parse(String line) {
        byte[] bytes = line.getBytes(ISO_8859_1);
        return parser.parse(bytes, 0, bytes.length, record);
    }

    private String line() {
        LineBuffer out = new LineBuffer(1);
        record.appendLine(out);
        return new String(out.array(), 0, out.length(), ISO_8859_1);
    }
}
