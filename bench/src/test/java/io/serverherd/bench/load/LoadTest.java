package io.serverherd.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serverherd.bench.tls.Authority;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadTest {
    private static final Duration WINDOW = Duration.ofMillis(50);
    private static final int ANSWERED = 100;
    private static final UnaryOperator<String> RIGHT = line -> "AT Alford +0.000000001 " + fields(line) + "\n";

    private final AtomicInteger lines = new AtomicInteger();

    private static String fields(String iamat) {
        return iamat.substring("IAMAT ".length());
    }

    @Test
    void rightRepliesAreCountedInWhateverPiecesTheyCome() throws IOException {
        Window window = run(RIGHT);

        assertThat(window.messages()).isPositive();
        assertThat(window.p50()).isPositive().isLessThanOrEqualTo(window.p99());
    }

    @Test
    void eachReportIsNewerThanAllBefore() throws IOException {
        String[] last = {""};

        run(line -> {
            synchronized (last) {
                String time = line.substring(line.lastIndexOf(' ') + 1);
                assertThat(line)
                        .matches("IAMAT c\\d{7}\\.herd [+-]\\d\\d\\.\\d{6}[+-]\\d{3}\\.\\d{6} \\d{10}\\.\\d{9}");
                boolean newer = time.compareTo(last[0]) > 0;
                last[0] = time;
                return newer ? RIGHT.apply(line) : "? " + line + "\n";
            }
        });
    }

    @Test
    void nothingIsUnderWayBetweenWindows() throws IOException {
        AtomicInteger answered = new AtomicInteger();
        try (LineServer server = new LineServer(line -> {
                    lines.incrementAndGet();
                    String reply = RIGHT.apply(line);
                    answered.incrementAndGet();
                    return reply;
                });
                Load load = new Load(server, server.dialogue(), new Shape(1, 8))) {
            load.run(Duration.ZERO, WINDOW);
            int afterFirst = lines.get();
            assertThat(answered).hasValue(afterFirst);
            load.run(Duration.ZERO, WINDOW);

            assertThat(lines).hasValueGreaterThan(afterFirst);
        }
    }

    @Test
    void clientsMaySpeakTls() throws IOException {
        Authority authority = new Authority();
        ServerSocketFactory sockets = authority.ofServer("bench", "Alford").getServerSocketFactory();
        try (LineServer server = new LineServer(RIGHT, sockets);
                Load load =
                        new Load(new TlsClients(server, authority.ofClients()), server.dialogue(), new Shape(2, 8))) {
            Window window = untilAnswered(server, load);

            assertThat(window.messages()).isPositive();
        }
    }

    @Test
    void anOpenLoopAsksForNoMoreThanIsDue() throws IOException {
        try (LineServer server = new LineServer(RIGHT);
                Load load = new Load(server, server.dialogue(), new Shape(2, 8))) {
            Window window = load.run(1_000, Duration.ZERO, Duration.ofMillis(200));

            assertThat(window.messages()).isPositive().isLessThanOrEqualTo(1_000);
            assertThat(server.lines()).isLessThanOrEqualTo(210);
        }
    }

    @Test
    void anOpenLoopFindsAWrongReply() {
        assertThatThrownBy(() -> {
                    try (LineServer server =
                                    new LineServer(line -> lines.incrementAndGet() == 20 ? "?\n" : RIGHT.apply(line));
                            Load load = new Load(server, server.dialogue(), new Shape(2, 8))) {
                        while (lines.get() < 20) {
                            load.run(1_000, Duration.ZERO, WINDOW);
                        }
                    }
                })
                .isInstanceOf(WrongReplyException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AT Ball +0.000000001 FIELDS\n",
                "AT Alford 0.000000001 FIELDS\n",
                "AT Alford +.000000001 FIELDS\n",
                "AT Alford +0.00000001 FIELDS\n",
                "AT Alford +0.0000000010 FIELDS\n",
                "AT Alford +0.00000000x FIELDS\n",
                "AT Alford +12345678901.000000001 FIELDS\n",
                "AT Alford +0.000000001  FIELDS\n",
                "AT Alford +0.000000001 FIELDS \n",
                "AT Alford +0.000000001 FIELDS\r\n",
                "AT Alford +0.000000001 FIELDS\n\n",
                "? IAMAT FIELDS\n",
                "\n"
            })
    void anyOtherReplyIsFound(String reply) {
        assertThatThrownBy(() -> run(line ->
                        lines.incrementAndGet() == 20 ? reply.replace("FIELDS", fields(line)) : RIGHT.apply(line)))
                .isInstanceOf(WrongReplyException.class)
                .hasMessageStartingWith("test, 1 × 8: got \"");
    }

    @Test
    void aReplyToAnotherRequestIsFound() {
        String[] first = {""};

        assertThatThrownBy(() -> run(line -> {
                    first[0] = first[0].isEmpty() ? line : first[0];
                    return RIGHT.apply(lines.incrementAndGet() == 20 ? first[0] : line);
                }))
                .isInstanceOf(WrongReplyException.class);
    }

    @Test
    void aReplyThatNobodyAskedForIsFound() {
        assertThatThrownBy(() ->
                        run(line -> RIGHT.apply(line) + (lines.incrementAndGet() % 8 == 0 ? RIGHT.apply(line) : "")))
                .isInstanceOf(WrongReplyException.class);
    }

    @Test
    void aServerThatClosesIsFound() {
        assertThatThrownBy(() -> run(line -> {
                    if (lines.incrementAndGet() == 20) {
                        throw new IllegalStateException("closes this connection; the test wants it");
                    }
                    return RIGHT.apply(line);
                }))
                .isInstanceOf(IOException.class);
    }

    /** As many windows as it takes on a busy machine until something has been answered; the last of them. */
    private static Window run(UnaryOperator<String> answer) throws IOException {
        try (LineServer server = new LineServer(answer);
                Load load = new Load(server, server.dialogue(), new Shape(1, 8))) {
            return untilAnswered(server, load);
        }
    }

    private static Window untilAnswered(LineServer server, Load load) throws IOException {
        Window window = load.run(Duration.ZERO, WINDOW);
        while (server.lines() < ANSWERED) {
            window = load.run(Duration.ZERO, WINDOW);
        }
        return window;
    }
}
