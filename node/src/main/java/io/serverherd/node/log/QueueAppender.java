package io.serverherd.node.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.event.KeyValuePair;

/**
 * Takes events from any thread without ever making it wait, and writes them from a thread of its own. What does not fit
 * the queue (a pipe that nobody reads, a disk that hangs) is dropped, and a line says how many were.
 */
final class QueueAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final BlockingQueue<ILoggingEvent> queue;
    private final List<Appender<ILoggingEvent>> outputs = new CopyOnWriteArrayList<>();
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer = new Thread(this::write, "log-writer");

    private volatile boolean stopped;

    QueueAppender(int capacity) {
        this.queue = new ArrayBlockingQueue<>(capacity);
    }

    void addOutput(Appender<ILoggingEvent> output) {
        outputs.add(output);
    }

    long dropped() {
        return dropped.get();
    }

    @Override
    public void start() {
        writer.setDaemon(true);
        writer.start();
        super.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        event.prepareForDeferredProcessing();
        if (!queue.offer(event)) {
            dropped.incrementAndGet();
        }
    }

    private void write() {
        long reported = 0;
        long lastReport = System.nanoTime();
        try {
            while (!stopped || !queue.isEmpty()) {
                ILoggingEvent event = queue.poll(50, TimeUnit.MILLISECONDS);
                if (event != null) {
                    outputs.forEach(output -> output.doAppend(event));
                }
                long now = dropped.get();
                // Said when there is room again, so that a jam is one line; in a jam that lasts, once a second.
                if (now > reported && (queue.isEmpty() || System.nanoTime() - lastReport > SECOND)) {
                    ILoggingEvent notice = droppedNotice(now - reported);
                    outputs.forEach(output -> output.doAppend(notice));
                    reported = now;
                    lastReport = System.nanoTime();
                }
            }
        } catch (InterruptedException e) {
            // stop() gave up waiting for an output that hangs.
            Thread.currentThread().interrupt();
        }
    }

    private ILoggingEvent droppedNotice(long count) {
        Logger logger = ((LoggerContext) getContext()).getLogger(QueueAppender.class);
        LoggingEvent notice =
                new LoggingEvent(QueueAppender.class.getName(), logger, Level.WARN, "log.dropped", null, null);
        notice.setKeyValuePairs(List.of(new KeyValuePair("events", count)));
        return notice;
    }

    /** Writes what is queued, for at most 0.4 s. */
    @Override
    public void stop() {
        if (!isStarted()) {
            return;
        }
        super.stop();
        stopped = true;
        try {
            writer.join(400);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writer.interrupt();
        outputs.forEach(Appender::stop);
    }
}
