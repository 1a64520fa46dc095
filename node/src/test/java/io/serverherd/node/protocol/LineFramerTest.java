package io.serverherd.node.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineFramerTest {
    private static final int LIMIT = 20;

    private final LineFramer framer = new LineFramer();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    one LF two LF            | 'one,two'
                    one CR LF two CR LF      | 'one,two'
                    LF LF                    | ','
                    CR LF                    | ''
                    one CR CR LF             | 'one\\r'
                    one CR two LF            | 'one\\rtwo'
                    LF one CR LF CR LF two LF | ',one,,two'
                    """)
    void aLineEndsAtLineFeedAndOneReturnBeforeItBelongsToTheEnding(String input, String lines) {
        byte[] bytes =
                input.replace("CR", "\r").replace("LF", "\n").replace(" ", "").getBytes(ISO_8859_1);

        List<String> cut = cut(bytes);

        assertThat(String.join(",", cut)).isEqualTo(lines.replace("\\r", "\r"));
    }

    @Test
    void linesAreTheSameWhereverTheBytesAreSplit() {
        byte[] bytes = "IAMAT a +1+1 1\r\n\r\nWHATSAT a 1 1\nlonger\n\n".getBytes(ISO_8859_1);
        List<String> whole = cut(bytes);

        for (int split = 0; split <= bytes.length; split++) {
            List<String> lines = new ArrayList<>();
            framer.over(bytes, 0, 0, split, LIMIT);
            take(bytes, lines);
            int rest = framer.rest();
            framer.over(bytes, rest, split, bytes.length, LIMIT);
            take(bytes, lines);

            assertThat(lines).as("split at %d", split).isEqualTo(whole);
        }
    }

    @Test
    void aLineFeedIsFoundAtEveryDistance() {
        for (int length = 0; length < 40; length++) {
            byte[] bytes = ("x".repeat(length) + "\nrest\n").getBytes(ISO_8859_1);

            framer.over(bytes, 0, 0, bytes.length, 100);

            assertThat(framer.next()).isTrue();
            assertThat(framer.end()).isEqualTo(length);
        }
    }

    @Test
    void bytesThatLookAlmostLikeALineFeedAreNone() {
        for (int other = 0; other < 256; other++) {
            if (other != '\n') {
                byte[] bytes = new byte[24];
                Arrays.fill(bytes, (byte) other);
                bytes[20] = '\n';

                framer.over(bytes, 0, 0, bytes.length, 100);

                assertThat(framer.next()).isTrue();
                assertThat(framer.rest()).as("byte %d", other).isEqualTo(21);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "20,'\n',false",
        "20,'\r\n',false",
        "21,'\n',true",
        "21,'\r\n',true",
        "20,'',false",
        "20,'\r',false",
        "21,'',true"
    })
    void theLimitCountsBytesWithoutTheEnding(int length, String ending, boolean tooLong) {
        byte[] bytes = ("x".repeat(length) + ending).getBytes(ISO_8859_1);
        framer.over(bytes, 0, 0, bytes.length, LIMIT);

        framer.next();

        assertThat(framer.tooLong()).isEqualTo(tooLong);
        assertThat(framer.start()).isZero();
    }

    private List<String> cut(byte[] bytes) {
        List<String> lines = new ArrayList<>();
        framer.over(bytes, 0, 0, bytes.length, LIMIT);
        take(bytes, lines);
        return lines;
    }

    private void take(byte[] bytes, List<String> lines) {
        while (framer.next()) {
            lines.add(new String(bytes, framer.start(), framer.end() - framer.start(), ISO_8859_1));
        }
    }
}
