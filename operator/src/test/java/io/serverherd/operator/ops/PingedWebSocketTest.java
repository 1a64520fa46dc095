package io.serverherd.operator.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PingedWebSocketTest {
    private final AtomicLong now = new AtomicLong();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Socket socket = new Socket();
    private final List<String> failures = new ArrayList<>();
    private final PingedWebSocket pinged = new PingedWebSocket(
            new WebSocket.Listener() {
                @Override
                public void onError(WebSocket socket, Throwable failure) {
                    failures.add(failure.getMessage());
                }
            },
            timer,
            now::get);

    @BeforeEach
    void open() {
        pinged.onOpen(socket);
    }

    @AfterEach
    void end() {
        timer.shutdownNow();
    }

    @Test
    void anEndThatAnswersIsPingedForEver() {
        for (int look = 0; look < 10; look++) {
            pass(PingedWebSocket.PING_EVERY);
            pinged.look(socket);
            pinged.onPong(socket, ByteBuffer.allocate(0));
        }

        assertThat(socket.pings).hasSizeGreaterThanOrEqualTo(10);
        assertThat(failures).isEmpty();
    }

    @Test
    void anEndThatFallsSilentIsGivenUpOnce() {
        pinged.onPong(socket, ByteBuffer.allocate(0));

        pass(PingedWebSocket.LONGEST_SILENCE.plusMillis(1));
        pinged.look(socket);
        pinged.onError(socket, new IllegalStateException("aborted"));

        assertThat(failures).containsExactly("no answer to a ping for 15 s");
        assertThat(socket.aborted).isTrue();
    }

    @Test
    void eventsAreASignOfLifeToo() {
        pinged.onPong(socket, ByteBuffer.allocate(0));

        pass(PingedWebSocket.LONGEST_SILENCE);
        pinged.onText(socket, "an event", true);
        pass(PingedWebSocket.PING_EVERY);
        pinged.look(socket);

        assertThat(failures).isEmpty();
    }

    @Test
    void anEndThatNeverAnsweredAPingIsNotHeldToIt() {
        pass(PingedWebSocket.LONGEST_SILENCE.multipliedBy(10));
        pinged.look(socket);

        assertThat(failures).isEmpty();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    /** One whose other end is the test. */
    private static final class Socket implements WebSocket {
        private final List<ByteBuffer> pings = new ArrayList<>();
        private volatile boolean aborted;

        @Override
        public synchronized CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
            pings.add(message);
            return CompletableFuture.completedFuture(this);
        }

        @Override
        public void abort() {
            aborted = true;
        }

        @Override
        public boolean isOutputClosed() {
            return aborted;
        }

        @Override
        public boolean isInputClosed() {
            return aborted;
        }

        @Override
        public void request(long messages) {
            // As many as there are.
        }

        @Override
        public CompletableFuture<WebSocket> sendText(CharSequence data, boolean last) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<WebSocket> sendClose(int status, String reason) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getSubprotocol() {
            return "";
        }
    }
}
