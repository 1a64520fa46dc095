package io.serverherd.node.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Any line of a neighbour is a record or none, as the grammar says; what is read and written again says the same. */
public final class RecordFuzz {
    private static final Pattern AT = CommandGrammar.line(
            "AT",
            "[A-Za-z](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?",
            "[+-]" + CommandGrammar.DECIMAL,
            CommandGrammar.WORD,
            CommandGrammar.LOCATION,
            CommandGrammar.DECIMAL);

    private RecordFuzz() {}

    public static void fuzzerTestOneInput(byte[] line) {
        RecordParser parser = new RecordParser();
        LocationRecord record = new LocationRecord();

        boolean parsed = parser.parse(line, 0, line.length, record);

        Matcher fields = AT.matcher(new String(line, ISO_8859_1));
        boolean expected = fields.matches() && CommandGrammar.isOnEarth(fields.group(5), fields.group(6));
        assertThat(parsed).isEqualTo(expected);
        if (parsed) {
            String plain = "AT " + fields.group(1) + ' ' + fields.group(2) + ' ' + fields.group(3) + ' '
                    + fields.group(4) + ' ' + fields.group(7) + '\n';
            LineBuffer out = new LineBuffer(16);
            record.appendLine(out);
            assertThat(text(out)).isEqualTo(plain);

            assertThat(parser.parse(out.array(), 0, out.length() - 1, record)).isTrue();
            LineBuffer again = new LineBuffer(16);
            record.appendLine(again);
            assertThat(text(again)).isEqualTo(plain);
            DecimalTime time = new DecimalTime();
            time.read(record.array(), record.timeStart(), record.timeEnd());
            CommandFuzz.checkTime(fields.group(7), time);
            assertThat(parser.seconds()).isEqualTo(time.seconds());
        }
    }

    private static String text(LineBuffer out) {
        return new String(out.array(), 0, out.length(), ISO_8859_1);
    }
}
