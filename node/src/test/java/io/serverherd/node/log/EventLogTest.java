package io.serverherd.node.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class EventLogTest {
    @TempDir
    Path temp;

    private final LoggerContext context = new LoggerContext();
    private final CountDownLatch outputGoesOn = new CountDownLatch(1);

    @BeforeEach
    void start() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.start();
    }

    @AfterEach
    void stop() {
        outputGoesOn.countDown();
        context.stop();
    }

    @Test
    void theProcessLogIsConfiguredByThisClass() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

        assertThat(root.getAppender("queue")).isInstanceOf(QueueAppender.class);
        assertThat(root.getLevel()).isEqualTo(ch.qos.logback.classic.Level.INFO);
    }

    @Test
    void aFolderGetsAFileNamedAfterTheServer() throws IOException {
        new EventLog().configure(context);
        EventLog.alsoTo(context, temp.resolve("log"), "Alford");

        context.getLogger("any").atInfo().addKeyValue("port", 12_000).log("node.started");
        context.getLogger(EventLog.MESSAGES).atInfo().log("message.sent");

        await().untilAsserted(() -> assertThat(Files.readAllLines(temp.resolve("log/Alford.log")))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).endsWith("Z INFO node.started port=12000"),
                        line -> assertThat(line).endsWith("Z INFO message.sent")));
    }

    @Test
    void aFileThatExistsIsContinued() throws IOException {
        Files.writeString(temp.resolve("Alford.log"), "before\n");
        new EventLog().configure(context);
        EventLog.alsoTo(context, temp, "Alford");

        context.getLogger("any").atInfo().log("after");

        await().untilAsserted(() -> assertThat(temp.resolve("Alford.log"))
                .content()
                .startsWith("before\n")
                .endsWith(" after\n"));
    }

    @Test
    void aFolderThatCannotBeWrittenIsAnError() throws IOException {
        Files.writeString(temp.resolve("file"), "");

        assertThatThrownBy(() -> EventLog.alsoTo(context, temp.resolve("file"), "Alford"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aFullFileBecomesAnOldOne() throws IOException {
        new EventLog().configure(context);
        EventLog.alsoTo(context, temp, "Alford");
        Logger messages = context.getLogger(EventLog.MESSAGES);
        messages.detachAppender("stdout");
        String megabyte = "x".repeat(1 << 20);

        // Logback looks at the size twice a second.
        await().until(() -> {
            messages.info(megabyte);
            return Files.exists(temp.resolve("Alford.1.log"));
        });

        assertThat(Files.size(temp.resolve("Alford.log"))).isLessThan(Files.size(temp.resolve("Alford.1.log")));
    }

    @Test
    void anOutputThatHangsHoldsUpNobodyAndTheLossIsCounted() {
        QueueAppender queue = new QueueAppender(10);
        queue.setContext(context);
        ListAppender<ILoggingEvent> written = new ListAppender<>();
        written.start();
        queue.addOutput(new AppenderBase<>() {
            {
                start();
            }

            @Override
            protected void append(ILoggingEvent event) {
                try {
                    outputGoesOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                written.doAppend(event);
            }
        });
        queue.start();
        Logger logger = context.getLogger("any");
        logger.addAppender(queue);

        for (int i = 0; i < 100; i++) {
            logger.info("event");
        }
        long dropped = queue.dropped();
        outputGoesOn.countDown();

        assertThat(dropped).isBetween(89L, 90L);
        await().untilAsserted(() -> assertThat(written.list).hasSize(100 - (int) dropped + 1));
        ILoggingEvent last = written.list.get(written.list.size() - 1);
        assertThat(last.getMessage()).isEqualTo("log.dropped");
        assertThat(last.getKeyValuePairs()).map(Object::toString).containsExactly("events=\"" + dropped + "\"");
    }
}
