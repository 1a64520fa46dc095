package io.serverherd.node.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepliesTest {
    private final LineBuffer out = new LineBuffer(4);
    private final Command command = new Command();
    private final LocationRecord record = new LocationRecord();

    @Test
    void aReportIsAnsweredWithTheBytesOfTheRequest() {
        at("\t IAMAT   kiwi\u00ff\u001c\t+34.068930-118.445127 01479413884.1000  \r", 1_479_413_884, 363_873_386);

        assertThat(text())
                .isEqualTo("AT Alford +0.263873386 kiwi\u00ff\u001c +34.068930-118.445127 01479413884.1000\n");
    }

    @Test
    void theRecordPointsAtTheFieldsOfTheReply() {
        at("IAMAT kiwi +1-1 5", 6, 0);

        assertThat(field(record.originStart(), record.originEnd())).isEqualTo("Alford");
        assertThat(field(record.differenceStart(), record.differenceEnd())).isEqualTo("+1.000000000");
        assertThat(field(record.clientStart(), record.clientEnd())).isEqualTo("kiwi");
        assertThat(field(record.locationStart(), record.locationEnd())).isEqualTo("+1-1");
        assertThat(field(record.timeStart(), record.timeEnd())).isEqualTo("5");
        LineBuffer again = new LineBuffer(4);
        record.appendLine(again);
        assertThat(again.array()).startsWith(Arrays.copyOf(out.array(), out.length()));
    }

    @ParameterizedTest
    @CsvSource({
        "100,0,100,+0.000000000",
        "100,1,100,+0.000000001",
        "100,0,100.000000001,-0.000000001",
        "100,0,101,-1.000000000",
        "100,999999999,101,-0.000000001",
        "100,0,99.999999999,+0.000000001",
        "100,500000000,102.25,-1.750000000",
        "1800000000,0,0,+1800000000.000000000",
        "100,0,99.9999999999,+0.000000001",
        "100,0,100.0000000009,+0.000000000"
    })
    void theDifferenceIsReceiveTimeMinusClientTime(long seconds, int nanos, String time, String difference) {
        at("IAMAT a +1+1 " + time, seconds, nanos);

        assertThat(field(record.differenceStart(), record.differenceEnd())).isEqualTo(difference);
    }

    @Test
    void theDifferenceIsExactForAnyTimes() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);

        for (int i = 0; i < 50_000; i++) {
            long seconds = 1_700_000_000L + random.nextInt(10);
            int nanos = random.nextInt(1_000_000_000);
            BigDecimal time = BigDecimal.valueOf(1_700_000_000L + random.nextInt(10))
                    .add(BigDecimal.valueOf(random.nextInt(1_000_000_000), 9));
            BigDecimal received = BigDecimal.valueOf(seconds).add(BigDecimal.valueOf(nanos, 9));
            out.clear();

            at("IAMAT a +1+1 " + time.toPlainString(), seconds, nanos);

            String difference = field(record.differenceStart(), record.differenceEnd());
            assertThat(difference).as("seed %d", seed).matches("[+-]\\d+\\.\\d{9}");
            assertThat(new BigDecimal(difference))
                    .as("%s.%s minus %s, seed %d", seconds, nanos, time, seed)
                    .isEqualByComparingTo(received.subtract(time).setScale(9, RoundingMode.UNNECESSARY));
        }
    }

    @Test
    void whatIsInvalidIsGivenBackAsItCame() {
        byte[] line = "  x\0\u00ff \t".getBytes(ISO_8859_1);

        Replies.invalid(out, line, 0, line.length);

        assertThat(text()).isEqualTo("?   x\0\u00ff \t\n");
    }

    private void at(String line, long seconds, int nanos) {
        byte[] bytes = line.getBytes(ISO_8859_1);
        CommandParser.parse(bytes, 0, bytes.length, command);
        Replies.at(out, "Alford".getBytes(ISO_8859_1), seconds, nanos, bytes, command, record);
    }

    private String text() {
        return new String(out.array(), 0, out.length(), ISO_8859_1);
    }

    private String field(int from, int to) {
        return new String(record.array(), from, to - from, ISO_8859_1);
    }
}
