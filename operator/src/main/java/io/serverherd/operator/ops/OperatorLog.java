package io.serverherd.operator.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * The log goes to standard output, from the level of {@code OPERATOR_LOG_LEVEL} on. Logback finds this class as a service: a
 * file of configuration would cost the start an XML parser.
 */
public final class OperatorLog extends ContextAwareBase implements Configurator {

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Level framework = level("OPERATOR_FRAMEWORK_LOG_LEVEL", Level.WARN);
        // It tells much at info that the operator tells in its own words.
        context.getLogger("io.javaoperatorsdk").setLevel(framework);
        context.getLogger("Default ConfigurationService implementation").setLevel(framework);
        context.getLogger("io.fabric8").setLevel(framework);
        // It tells at every start that v1alpha1 is not a stable version.
        context.getLogger("io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils")
                .setLevel(Level.ERROR);
        // At trace it would tell what Secrets hold: of requests and answers, all.
        context.getLogger("io.fabric8.kubernetes.client.http.HttpLoggingInterceptor")
                .setLevel(Level.OFF);
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(level("OPERATOR_LOG_LEVEL", Level.INFO));
        root.addAppender(standardOutput(context));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Level level(String variable, Level otherwise) {
        return Level.toLevel(System.getenv(variable), otherwise);
    }

    private static ConsoleAppender<ILoggingEvent> standardOutput(LoggerContext context) {
        LogLine layout = new LogLine();
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("stdout");
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
