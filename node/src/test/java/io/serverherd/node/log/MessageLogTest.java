package io.serverherd.node.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessageLogTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:01.234Z"), ZoneOffset.UTC);

    private final List<String> written = new CopyOnWriteArrayList<>();
    private final CountDownLatch outputGoesOn = new CountDownLatch(1);
    private MessageLog log;

    private MessageLog log(int maxLines, long maxBytes) {
        log = new MessageLog(CLOCK, maxLines, maxBytes, this::write);
        return log;
    }

    private MessageLog withOutputThatHangs(int maxLines, long maxBytes) {
        log = new MessageLog(CLOCK, maxLines, maxBytes, event -> {
            try {
                outputGoesOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            write(event);
        });
        return log;
    }

    private void write(LoggingEvent event) {
        written.add(new String(new EventEncoder().encode(event), UTF_8));
    }

    @AfterEach
    void close() {
        outputGoesOn.countDown();
        log.close();
    }

    @Test
    void itIsOffUntilItIsTurnedOn() {
        assertThat(log(10, 1000).on()).isFalse();

        log.turn(true);

        assertThat(log.on()).isTrue();
    }

    @Test
    void aLineIsWrittenWithItsTimeItsOtherEndAndItsBytesEscaped() {
        byte[] buffer = "..IAMAT x\u00ff\n..".getBytes(UTF_8);

        log(10, 1000).received("127.0.0.1:4711", buffer, 2, 10);
        log.sent("Ball", buffer, 2, 5);

        await().until(() -> written.size() == 2);
        assertThat(written)
                .containsExactly(
                        "2026-01-01T00:00:01.234Z INFO message.received from=127.0.0.1:4711"
                                + " line=\"IAMAT x\\xc3\\xbf\\x0a\"\n",
                        "2026-01-01T00:00:01.234Z INFO message.sent to=Ball line=\"IAMAT\"\n");
    }

    @Test
    void theBufferMayBeReusedAtOnce() {
        byte[] buffer = "one".getBytes(UTF_8);
        withOutputThatHangs(10, 1000).received("a", buffer, 0, 3);

        System.arraycopy("two".getBytes(UTF_8), 0, buffer, 0, 3);
        outputGoesOn.countDown();

        await().until(() -> written.size() == 1);
        assertThat(written.get(0)).contains("line=\"one\"");
    }

    @Test
    void whatDoesNotFitTheQueueIsDroppedAndALineSaysHowMany() {
        withOutputThatHangs(10, 1_000_000);

        for (int i = 0; i < 100; i++) {
            log.received("a", new byte[] {'x'}, 0, 1);
        }
        long dropped = log.dropped();
        outputGoesOn.countDown();

        // One line may have left the queue for the output that hangs.
        assertThat(dropped).isBetween(89L, 90L);
        await().until(() -> written.size() == 100 - dropped + 1);
        assertThat(written.get(written.size() - 1)).endsWith(" WARN messages.dropped lines=" + dropped + "\n");
    }

    @Test
    void theQueueIsBoundedInBytesToo() {
        withOutputThatHangs(1000, 100);

        for (int i = 0; i < 10; i++) {
            log.sent("a", new byte[40], 0, 40);
        }

        assertThat(log.dropped()).isEqualTo(8);
    }

    @Test
    void roomInTheQueueComesBack() {
        log(10, 100);
        for (int i = 1; i <= 20; i++) {
            log.sent("a", new byte[60], 0, 60);
            int lines = i;
            await().until(() -> written.size() == lines && log.queuedBytes() == 0);
        }

        assertThat(log.dropped()).isZero();
    }

    @Test
    void theWriterRestsNowAndThenSoThatItLeavesAProcessorToOthers() {
        log(4_000, 1_000_000);
        long begin = System.nanoTime();
        for (int i = 0; i < 3_001; i++) {
            log.sent("a", new byte[] {'x'}, 0, 1);
        }

        await().until(() -> written.size() == 3_001);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
    }

    @Test
    void closingWritesWhatIsQueued() {
        log(1000, 1_000_000);
        for (int i = 0; i < 500; i++) {
            log.sent("a", new byte[] {'x'}, 0, 1);
        }

        log.close();

        assertThat(written).hasSize(500);
    }
}
