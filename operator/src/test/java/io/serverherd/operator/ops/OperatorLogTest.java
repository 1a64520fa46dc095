package io.serverherd.operator.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperatorLogTest {
    private final LoggerContext context = new LoggerContext();
    private final PrintStream standardOutput = System.out;

    @AfterEach
    void restore() {
        System.setOut(standardOutput);
        context.stop();
    }

    @Test
    void logbackFindsIt() {
        assertThat(ServiceLoader.load(Configurator.class)).hasAtLeastOneElementOfType(OperatorLog.class);
    }

    @Test
    void eventsGoToStandardOutputAndTheFrameworksTalkDoesNot() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        context.setMDCAdapter(new LogbackMDCAdapter());
        new OperatorLog().configure(context);

        context.getLogger("io.serverherd.operator.HerdOperator").info("operator.started");
        context.getLogger("io.javaoperatorsdk.operator.Operator").info("Operator SDK is starting");
        context.getLogger("io.fabric8.kubernetes.client").warn("no route");

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("INFO operator.started", "WARN no route")
                .doesNotContain("Operator SDK");
        assertThat(context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getLevel())
                .isEqualTo(Level.INFO);
    }
}
