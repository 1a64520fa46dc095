package io.serverherd.node.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.LoggerFactory;

/**
 * Where the log goes: standard output, and on request a file.
 *
 * <pre>
 * any logger ────▶ queue, its writer ────┬──▶ standard output
 * MessageLog's own writer ───────────────┴──▶ Alford.log (16 MiB; Alford.1.log … Alford.3.log are older)
 * </pre>
 *
 * Lines of messages have a queue of their own, so that however many they are, no event is dropped for them. Logback
 * finds this class as a service: there is no file of configuration.
 */
public final class EventLog extends ContextAwareBase implements Configurator {
    static final String MESSAGES = "io.serverherd.node.messages";

    private static final int QUEUED_EVENTS = 4096;
    private static final FileSize FILE_SIZE = FileSize.valueOf("16MB");
    private static final int OLD_FILES = 3;
    private static final String QUEUE = "queue";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        QueueAppender queue = new QueueAppender(QUEUED_EVENTS);
        queue.setContext(context);
        queue.setName(QUEUE);
        queue.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(queue);
        context.getLogger(MESSAGES).setAdditive(false);
        addOutput(context, new ConsoleAppender<>(), "stdout");
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /**
     * Writes to {@code <folder>/<server>.log} too.
     *
     * @throws IOException if the file can't be made there
     */
    public static void alsoTo(Path folder, String server) throws IOException {
        alsoTo(context(), folder, server);
    }

    static void alsoTo(LoggerContext context, Path folder, String server) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(server + ".log");
        // Logback would only note a failure in its own status; this says it.
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                .close();
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setFile(file.toString());
        FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setMinIndex(1);
        rolling.setMaxIndex(OLD_FILES);
        rolling.setFileNamePattern(folder.resolve(server + ".%i.log").toString());
        rolling.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> trigger = new SizeBasedTriggeringPolicy<>();
        trigger.setContext(context);
        trigger.setMaxFileSize(FILE_SIZE);
        trigger.setCheckIncrement(Duration.buildByMilliseconds(500));
        trigger.start();
        appender.setRollingPolicy(rolling);
        appender.setTriggeringPolicy(trigger);
        addOutput(context, appender, "file");
    }

    private static void addOutput(LoggerContext context, OutputStreamAppender<ILoggingEvent> output, String name) {
        EventEncoder encoder = new EventEncoder();
        encoder.setContext(context);
        encoder.start();
        output.setContext(context);
        output.setName(name);
        output.setEncoder(encoder);
        output.start();
        context.getLogger(MESSAGES).addAppender(output);
        queue(context).addOutput(output);
    }

    /** Events that were dropped because the queue was full. */
    public static long dropped() {
        return queue(context()).dropped();
    }

    /** Writes what is queued, and ends the log. */
    public static void stop() {
        context().stop();
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }

    private static QueueAppender queue(LoggerContext context) {
        Appender<ILoggingEvent> queue =
                context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender(QUEUE);
        return (QueueAppender) queue;
    }
}
