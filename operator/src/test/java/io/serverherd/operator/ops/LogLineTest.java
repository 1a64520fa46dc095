package io.serverherd.operator.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogLineTest {
    private final LoggerContext context = new LoggerContext();
    private final LogLine layout = new LogLine();

    @Test
    void anEventIsOneLineOfKeysAndValues() {
        LoggingEvent event = event("object.applied", null);
        event.addKeyValuePair(new KeyValuePair("kind", "Service"));
        event.addKeyValuePair(new KeyValuePair("reason", "key \"api-key\" is\nmissing"));

        assertThat(layout.doLayout(event))
                .endsWith("Z WARN object.applied kind=Service reason=\"key \\\"api-key\\\" is\\nmissing\"\n");
    }

    @Test
    void anExceptionIsOnTheSameLineWithItsCause() {
        LoggingEvent event = event("failed", new UncheckedIOException("while listing", new IOException("no route")));

        assertThat(layout.doLayout(event))
                .containsOnlyOnce("\n")
                .contains("exception=\"java.io.UncheckedIOException: while listing\"")
                .contains("cause=\"java.io.IOException: no route\"")
                .contains("at=\"io.serverherd.operator.ops.LogLineTest.anExceptionIsOnTheSameLineWithItsCause(");
    }

    @Test
    void whatMightBeAKeyIsLeftOut() {
        String sha256 = "0123456789abcdef".repeat(4);
        LoggingEvent event =
                event("applied " + sha256, new IOException("Unrecognized token 'LS0t" + "A/+9".repeat(20) + "=='"));

        assertThat(layout.doLayout(event))
                .contains("applied " + sha256)
                .contains("Unrecognized token '(86 characters left out)'")
                .doesNotContain("A/+9");
    }

    private LoggingEvent event(String message, Throwable thrown) {
        return new LoggingEvent("", context.getLogger("test"), Level.WARN, message, thrown, null);
    }
}
