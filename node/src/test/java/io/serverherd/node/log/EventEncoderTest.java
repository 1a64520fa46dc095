package io.serverherd.node.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.KeyValuePair;

class EventEncoderTest {
    private final Logger logger = new LoggerContext().getLogger("test");

    private String line(String event, Throwable failure, KeyValuePair... pairs) {
        LoggingEvent logged = new LoggingEvent("test", logger, Level.WARN, event, failure, null);
        logged.setInstant(Instant.parse("2026-01-01T12:04:07.120999Z"));
        logged.setKeyValuePairs(List.of(pairs));
        return new String(new EventEncoder().encode(logged), StandardCharsets.UTF_8);
    }

    @Test
    void anEventIsTimeLevelNameAndPairs() {
        String line = line("link.lost", null, new KeyValuePair("server", "Ball"), new KeyValuePair("records", 7));

        assertThat(line).isEqualTo("2026-01-01T12:04:07.120Z WARN link.lost server=Ball records=7\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "127.0.1.1:12000       | 127.0.1.1:12000",
                "`two words`           | \"two words\"",
                "a=b                   | \"a=b\"",
                "say \"x\"             | \"say \\\"x\\\"\"",
                "C:\\dir               | \"C:\\\\dir\"",
                "1–65535               | \"1–65535\"",
                "``                    | \"\"",
            })
    void aValueThatIsNotPlainIsQuoted(String value, String shown) {
        assertThat(line("e", null, new KeyValuePair("k", value))).endsWith(" e k=" + shown + "\n");
    }

    @Test
    void noValueAndNoMessageMakesASecondLine() {
        String line = line("e\nf", null, new KeyValuePair("k", "a\nb\rc\td\u0000e\u001b[31mf\u0085g\u2028h"));

        assertThat(line).endsWith("WARN e\\nf k=\"a\\nb\\rc\\td\\u0000e\\u001b[31mf\\u0085g\\u2028h\"\n");
        assertThat(line.chars().filter(c -> c == '\n')).hasSize(1);
    }

    @Test
    void bytesOfALineAreAsciiOrEscaped() {
        LineBytes bytes = new LineBytes("IAMAT \"\\ é\u0000\n".getBytes(StandardCharsets.UTF_8));

        assertThat(line("e", null, new KeyValuePair("line", bytes)))
                .endsWith(" e line=\"IAMAT \\\"\\\\ \\xc3\\xa9\\x00\\x0a\"\n");
    }

    @Test
    void anExceptionAndItsCauseStayOnTheLine() {
        Throwable failure = new IllegalStateException("outer\nx", new RuntimeException("inner"));

        assertThat(line("e", failure))
                .contains(" e exception=\"java.lang.IllegalStateException: outer\\nx\" at=\"")
                .contains("EventEncoderTest.anExceptionAndItsCauseStayOnTheLine(EventEncoderTest.java:")
                .contains(" cause=\"java.lang.RuntimeException: inner\" at=\"")
                .matches("[^\n]*\n");
    }
}
