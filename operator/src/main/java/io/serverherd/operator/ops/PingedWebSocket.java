package io.serverherd.operator.ops;

import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Pings the other end of a web socket, and fails the socket when nothing comes any more. An end that has never answered a
 * ping is not held to it: a proxy may keep them to itself.
 */
final class PingedWebSocket implements WebSocket.Listener {
    private static final Duration FIRST_PING_AFTER = Duration.ofSeconds(1);
    static final Duration PING_EVERY = Duration.ofSeconds(5);
    /** Three pings; and one whose events are being worked off is not asked for more meanwhile. */
    static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);

    private final WebSocket.Listener listener;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanoTime;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile ScheduledFuture<?> pings;
    private volatile long heardAt;
    private volatile boolean answersPings;

    PingedWebSocket(WebSocket.Listener listener, ScheduledExecutorService timer, LongSupplier nanoTime) {
        this.listener = listener;
        this.timer = timer;
        this.nanoTime = nanoTime;
    }

    @Override
    public void onOpen(WebSocket socket) {
        heard();
        pings = timer.scheduleWithFixedDelay(
                () -> look(socket), FIRST_PING_AFTER.toMillis(), PING_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        listener.onOpen(socket);
    }

    /** By the timer. */
    void look(WebSocket socket) {
        if (socket.isOutputClosed()) {
            pings.cancel(false);
        } else if (answersPings && nanoTime.getAsLong() - heardAt > LONGEST_SILENCE.toNanos()) {
            fail(socket, new IOException("no answer to a ping for " + LONGEST_SILENCE.toSeconds() + " s"));
            socket.abort();
        } else {
            // One that can't be sent is one that has no answer.
            socket.sendPing(ByteBuffer.allocate(0));
        }
    }

    private void heard() {
        heardAt = nanoTime.getAsLong();
    }

    private void fail(WebSocket socket, Throwable failure) {
        if (ended.compareAndSet(false, true)) {
            pings.cancel(false);
            listener.onError(socket, failure);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        heard();
        return listener.onText(socket, data, last);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        heard();
        return listener.onBinary(socket, data, last);
    }

    @Override
    public CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
        heard();
        return listener.onPing(socket, message);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
        heard();
        answersPings = true;
        return listener.onPong(socket, message);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        pings.cancel(false);
        return ended.compareAndSet(false, true) ? listener.onClose(socket, status, reason) : null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
        fail(socket, failure);
    }
}
