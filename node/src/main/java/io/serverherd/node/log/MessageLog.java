package io.serverherd.node.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/**
 * The log of every line received and sent, for herds that ask for it (`logMessages`). The event loop copies bytes into
 * a bounded queue and goes on; a thread of this class formats and writes. When the queue is full, lines are dropped, and
 * a line of the log says how many.
 */
public final class MessageLog implements AutoCloseable {
    /** Bounds on what waits to be written: in lines, and in bytes, since one answer of Places may be 2 MiB. */
    private static final int QUEUED_LINES = 16_384;

    private static final long QUEUED_BYTES = 8 << 20;

    /**
     * After so many lines the writer rests for so many milliseconds: 100,000 lines a second take a part of a processor, and
     * a server that has but one keeps the rest of it for its clients.
     */
    private static final int BATCH = 1_000;

    private static final long REST = 10;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final BlockingQueue<Message> queue;
    private final long maxBytes;
    private final AtomicLong queuedBytes = new AtomicLong();
    private final Clock clock;
    private final Consumer<LoggingEvent> output;
    private final Logger logger = (Logger) LoggerFactory.getLogger(EventLog.MESSAGES);
    private final Thread writer = new Thread(this::write, "message-log");
    private final AtomicLong dropped = new AtomicLong();
    private volatile boolean closed;
    private boolean on;

    private record Message(Instant at, boolean received, String other, byte[] line) {}

    public MessageLog(Clock clock) {
        this(clock, QUEUED_LINES, QUEUED_BYTES, null);
    }

    /** @param output takes the written events; null: the outputs of {@link EventLog} */
    MessageLog(Clock clock, int maxLines, long maxBytes, Consumer<LoggingEvent> output) {
        this.clock = clock;
        this.queue = new ArrayBlockingQueue<>(maxLines);
        this.maxBytes = maxBytes;
        this.output = output == null ? logger::callAppenders : output;
        writer.setDaemon(true);
        writer.start();
    }

    /** Whether lines are to be logged. Ask before the other calls: when off, this test is all that logging costs. */
    public boolean on() {
        return on;
    }

    /** Event loop only. */
    public void turn(boolean on) {
        this.on = on;
    }

    /**
     * Notes a line that came in. Event loop only; copies the bytes, the buffer is reused.
     *
     * @param from  who sent it: a client's address or a neighbour's name
     * @param index where the line begins in the buffer
     */
    public void received(String from, byte[] buffer, int index, int length) {
        offer(true, from, buffer, index, length);
    }

    /** As {@link #received}, of bytes that go out. */
    public void sent(String to, byte[] buffer, int index, int length) {
        offer(false, to, buffer, index, length);
    }

    private void offer(boolean received, String other, byte[] buffer, int index, int length) {
        if (queuedBytes.get() + length > maxBytes || queue.remainingCapacity() == 0) {
            dropped.incrementAndGet();
            return;
        }
        byte[] line = Arrays.copyOfRange(buffer, index, index + length);
        queuedBytes.addAndGet(length);
        queue.add(new Message(clock.instant(), received, other, line));
    }

    /** Lines that were dropped because the queue was full. Any thread. */
    public long dropped() {
        return dropped.get();
    }

    long queuedBytes() {
        return queuedBytes.get();
    }

    private void write() {
        long reported = 0;
        long lastReport = System.nanoTime();
        try {
            while (!closed || !queue.isEmpty()) {
                if (writeBatch() && !closed) {
                    Thread.sleep(REST);
                }
                long now = dropped.get();
                // Said when there is room again, so that a jam is one line; in a jam that lasts, once a second.
                if (now > reported && (queue.isEmpty() || System.nanoTime() - lastReport > SECOND)) {
                    event(Level.WARN, "messages.dropped", clock.instant(), new KeyValuePair("lines", now - reported));
                    reported = now;
                    lastReport = System.nanoTime();
                }
            }
        } catch (InterruptedException e) {
            // close() gave up waiting for an output that hangs.
            Thread.currentThread().interrupt();
        }
    }

    /** Waits a little for a line to come. Returns whether there may be more than a batch. */
    private boolean writeBatch() throws InterruptedException {
        Message message = queue.poll(50, TimeUnit.MILLISECONDS);
        for (int written = 0; message != null; message = queue.poll()) {
            write(message);
            queuedBytes.addAndGet(-message.line.length);
            written++;
            if (written == BATCH) {
                return true;
            }
        }
        return false;
    }

    private void write(Message message) {
        event(
                Level.INFO,
                message.received ? "message.received" : "message.sent",
                message.at,
                new KeyValuePair(message.received ? "from" : "to", message.other),
                new KeyValuePair("line", new LineBytes(message.line)));
    }

    /** Made by hand, since a line of the log is to have the time of the message and not that of its writing. */
    private void event(Level level, String name, Instant at, KeyValuePair... pairs) {
        LoggingEvent event = new LoggingEvent(MessageLog.class.getName(), logger, level, name, null, null);
        event.setInstant(at);
        event.setKeyValuePairs(List.of(pairs));
        output.accept(event);
    }

    /** Writes what is queued, for at most 0.4 s. */
    @Override
    public void close() {
        closed = true;
        try {
            writer.join(400);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writer.interrupt();
    }
}
