package io.serverherd.node.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.EventLoop;
import io.serverherd.node.HeldPlaces;
import io.serverherd.node.LineClient;
import io.serverherd.node.config.Limits;
import io.serverherd.node.herd.Herd;
import io.serverherd.node.herd.LocationStore;
import io.serverherd.node.log.MessageLog;
import io.serverherd.node.metrics.Counters;
import io.serverherd.node.net.ClientServer.Patience;
import io.serverherd.node.tls.LiveClientCredentials;
import io.serverherd.node.tls.TestAuthority;
import io.serverherd.node.tls.TrustingTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client port over real sockets, on each transport: they differ in the order of their events. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("ways")
class ClientServerTest {
    private static final String AT = "AT Alford [+-]\\d+\\.\\d{9} ";

    private static final TestAuthority AUTHORITY = TestAuthority.create();

    @Parameter(0)
    Transport transport;

    @Parameter(1)
    Security security;

    /** How clients speak. */
    enum Security {
        PLAIN,
        TLS
    }

    /** TLS on one of them: that it is the same on each is the transport's business, not its. */
    static Stream<Arguments> ways() {
        return Stream.concat(
                Stream.of(Transport.values()).map(transport -> Arguments.of(transport, Security.PLAIN)),
                Stream.of(Arguments.of(Transport.EPOLL, Security.TLS)));
    }

    private final Counters counters = new Counters();
    private final MessageLog messages = new MessageLog(Clock.systemUTC());
    private EventLoop loop;
    private HeldPlaces places;
    private ClientServer clients;
    private InetSocketAddress address;

    @BeforeEach
    void start() {
        assumeTrue(transport.isAvailable(), transport + " is not available here");
        loop = transport.newEventLoop();
        places = new HeldPlaces(loop);
        LocationStore store = new LocationStore(1_000_000, 1 << 26, 42);
        HerdServer server = new HerdServer(
                "Alford",
                store,
                new Herd(store, counters),
                places,
                new ReceiveClock(Clock.systemUTC(), System::nanoTime),
                counters,
                messages);
        clients = new ClientServer(
                LoopIo.on(transport, loop), server, credentials(), counters, messages, new Patience(1_000, 1_000));
        address = (InetSocketAddress) clients.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel()
                .localAddress();
    }

    @AfterEach
    void stop() {
        if (loop != null) {
            loop.parent().shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
        messages.close();
    }

    @Test
    void aReportIsAnswered() throws IOException {
        try (LineClient client = connect()) {
            assertThat(client.ask("IAMAT kiwi +34.068930-118.445127 1479413884.392014450"))
                    .matches(AT + "kiwi \\+34\\.068930-118\\.445127 1479413884\\.392014450");
        }
    }

    @Test
    void theDifferenceIsTheServersClockMinusTheClients() throws IOException {
        try (LineClient client = connect()) {
            Instant before = Instant.now();
            String reply = client.ask("IAMAT kiwi +1+1 1000000000");
            Instant after = Instant.now();

            double difference = Double.parseDouble(reply.split(" ")[2]);
            assertThat(difference).isBetween(seconds(before) - 1e9 - 0.01, seconds(after) - 1e9 + 0.01);
        }
    }

    @Test
    void anInvalidLineIsGivenBackAndTheConnectionStaysOpen() throws IOException {
        try (LineClient client = connect()) {
            assertThat(client.ask("  iamat kiwi \t")).isEqualTo("?   iamat kiwi \t");
            assertThat(client.ask("")).isEqualTo("? ");
            assertThat(client.ask("\r")).isEqualTo("? ");
            assertThat(client.ask("PEER herd Ball")).isEqualTo("? PEER herd Ball");
            assertThat(client.ask("AT Ball +0.1 kiwi +1+1 5")).isEqualTo("? AT Ball +0.1 kiwi +1+1 5");
            assertThat(client.ask("WHATSAT kiwi 1 1")).isEqualTo("? WHATSAT kiwi 1 1");
            assertThat(client.ask("IAMAT kiwi +1+1 5")).startsWith("AT Alford ");
        }
        assertThat(places.waiting()).isZero();
    }

    @Test
    void anyLineIsGivenBackByteForByte() throws IOException {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = new byte[random.nextInt(100)];
            random.nextBytes(bytes);
            String line = new String(bytes, ISO_8859_1);
            lines.add(line.replace('\n', ' ').replaceAll("\r+$", ""));
        }
        String input = String.join("\n", lines) + "\n";

        try (LineClient client = connect()) {
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> sendInPieces(client, input, random));
            for (String line : lines) {
                assertThat(client.line()).as("seed %d", seed).isEqualTo("? " + line);
            }
            sender.join();
        }
    }

    @Test
    void aRequestMayComeByteByByte() throws IOException {
        try (LineClient client = connect()) {
            for (char c : "IAMAT kiwi +1+1 5\r\n".toCharArray()) {
                client.send(String.valueOf(c));
            }

            assertThat(client.line()).matches(AT + "kiwi \\+1\\+1 5");
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        int requests = 50_000;
        StringBuilder input = new StringBuilder();
        for (int i = 0; i < requests; i++) {
            input.append(i % 3 == 0 ? "x" + i : "IAMAT c" + i + " +1+1 5").append('\n');
        }
        try (LineClient client = connect()) {
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> send(client, input.toString()));
            for (int i = 0; i < requests; i++) {
                String expected = i % 3 == 0 ? "\\? x" + i : AT + "c" + i + " \\+1\\+1 5";
                assertThat(client.line()).matches(expected);
            }
            sender.join();
        }
        assertThat(counters.iamat).isEqualTo(requests - (requests + 2) / 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"IAMAT kiwi +1+1 5", "IAMAT kiwi +1+1 5\n", "IAMAT kiwi +1+1 5\r\n", "IAMAT kiwi +1+1 5\r"})
    void aClientThatEndsItsInputGetsItsReplyAndTheEnd(String input) throws IOException {
        try (LineClient client = connect()) {
            client.send(input);
            client.endInput();

            assertThat(client.rest()).matches(AT + "kiwi \\+1\\+1 5\n");
        }
    }

    @Test
    void anInvalidTailIsGivenBackToo() throws IOException {
        try (LineClient client = connect()) {
            client.send("x\ny");
            client.endInput();

            assertThat(client.rest()).isEqualTo("? x\n? y\n");
        }
    }

    @Test
    void aClientThatEndsItsInputAtOnceIsClosed() throws IOException {
        try (LineClient client = connect()) {
            if (security == Security.TLS) {
                client.handshake();
            }
            client.endInput();

            assertThat(client.rest()).isEmpty();
        }
        await().until(() -> counters.clientsOpen == 0);
    }

    @Test
    void aClientThatEndsItsInputStillGetsWhatPlacesAnswer() throws Exception {
        try (LineClient client = connect()) {
            client.send("IAMAT kiwi +1+1 5\nWHATSAT kiwi 10 5\nx");
            client.endInput();

            places.next().answer("{}");

            assertThat(client.rest()).matches(AT + "kiwi \\+1\\+1 5\n" + AT + "kiwi \\+1\\+1 5\n\\{}\n\n\\? x\n");
        }
    }

    @Test
    void aClientThatEndsItsInputMayReadAsLateAsItLikes() throws Exception {
        String json = "{" + "x".repeat(8_000_000) + "}";
        try (LineClient client = connect()) {
            client.send("IAMAT kiwi +1+1 5\nWHATSAT kiwi 10 5\n" + "x\n".repeat(100_000));
            client.endInput();
            places.next().answer(json);
            await().until(() -> counters.clientBytesOut > json.length());

            String replies = client.rest();

            assertThat(replies).startsWith("AT Alford ").contains(json).endsWith("? x\n");
            assertThat(replies.lines().filter("? x"::equals)).hasSize(100_000);
        }
    }

    @Test
    void placesAreAskedWithTheBytesOfRecordAndRequest() throws Exception {
        try (LineClient client = connect()) {
            client.ask("IAMAT kiwi +34.068930-118.445127 5");
            client.send("WHATSAT kiwi 010.50 07\n");

            HeldPlaces.Question question = places.next();

            assertThat(question.query().location()).isEqualTo("+34.068930-118.445127");
            assertThat(question.query().radiusKm()).isEqualTo("010.50");
            assertThat(question.query().bound()).isEqualTo(7);
        }
    }

    @Test
    void aReplyThatWaitsForPlacesIsNotOvertakenOnItsConnection() throws Exception {
        try (LineClient client = connect();
                LineClient other = connect()) {
            String report = client.ask("IAMAT kiwi +1+1 5");
            client.send("WHATSAT kiwi 10 1\nWHATSAT kiwi 20 2\nIAMAT kiwi +2+2 6\nx\nWHATSAT kiwi 30 3\ny\n");
            HeldPlaces.Question first = places.next();
            HeldPlaces.Question second = places.next();
            HeldPlaces.Question third = places.next();

            // Later lines are carried out at once, and other connections are not held up.
            assertThat(other.ask("IAMAT kiwi +3+3 5.5")).startsWith("AT ");
            assertThat(third.query().location()).isEqualTo("+2+2");

            third.answer("{3}");
            second.answer("{2}");
            first.answer("{1}");

            assertThat(client.line()).isEqualTo(report);
            assertThat(client.line()).isEqualTo("{1}");
            assertThat(client.line()).isEmpty();
            assertThat(client.line()).isEqualTo(report);
            assertThat(client.line()).isEqualTo("{2}");
            assertThat(client.line()).isEmpty();
            String later = client.line();
            assertThat(later).matches(AT + "kiwi \\+2\\+2 6");
            assertThat(client.line()).isEqualTo("? x");
            assertThat(client.line()).isEqualTo(later);
            assertThat(client.line()).isEqualTo("{3}");
            assertThat(client.line()).isEmpty();
            assertThat(client.line()).isEqualTo("? y");
            assertThat(client.ask("z")).isEqualTo("? z");
        }
    }

    @Test
    void aClientThatAsksTooMuchOfPlacesWaitsAndIsAnsweredAllTheSame() throws Exception {
        int questions = 500;
        try (LineClient client = connect()) {
            String report = client.ask("IAMAT kiwi +1+1 5");
            client.send("WHATSAT kiwi 10 1\n".repeat(questions) + "end");
            client.endInput();

            for (int i = 0; i < questions; i++) {
                HeldPlaces.Question question = places.next();
                assertThat(places.waiting()).isLessThanOrEqualTo(32);
                question.answer("{" + i + "}");
            }

            for (int i = 0; i < questions; i++) {
                assertThat(client.line()).as("reply %d", i).isEqualTo(report);
                assertThat(client.line()).isEqualTo("{" + i + "}");
                assertThat(client.line()).isEmpty();
            }
            assertThat(client.rest()).isEqualTo("? end\n");
        }
    }

    @Test
    void repliesBehindPlacesAreBounded() throws Exception {
        String line = "x".repeat(1_000);
        try (LineClient client = connect()) {
            client.ask("IAMAT kiwi +1+1 5");
            client.send("WHATSAT kiwi 10 1\n");
            HeldPlaces.Question question = places.next();
            CompletableFuture<Void> sender =
                    CompletableFuture.runAsync(() -> send(client, (line + "\n").repeat(20_000)));
            await().until(() -> counters.invalid > 200);

            // What the server has answered is what it holds; the rest stays unread.
            await().during(Duration.ofMillis(300)).until(() -> counters.invalid < 400);
            question.answer("{}");

            assertThat(client.line()).startsWith("AT Alford");
            assertThat(client.line()).isEqualTo("{}");
            assertThat(client.line()).isEmpty();
            for (int i = 0; i < 20_000; i++) {
                assertThat(client.line()).isEqualTo("? " + line);
            }
            sender.join();
        }
    }

    @Test
    void anAnswerForAClientThatHasGoneIsDropped() throws Exception {
        LineClient gone = connect();
        gone.ask("IAMAT kiwi +1+1 5");
        gone.send("WHATSAT kiwi 10 1\nx\n");
        HeldPlaces.Question question = places.next();
        try (LineClient client = connect()) {
            gone.close();
            question.answer("{}");

            assertThat(client.ask("x")).isEqualTo("? x");
        }
    }

    @Test
    void aLineBeyondTheLimitIsAnsweredByItsBeginningAndTheEnd() throws Exception {
        try (LineClient client = connect()) {
            client.ask("IAMAT kiwi +1+1 5");
            client.send("WHATSAT kiwi 1 1\n");
            CompletableFuture<Void> sender = CompletableFuture.runAsync(
                    () -> send(client, "a".repeat(Limits.DEFAULT.lineBytes() + 1) + "b".repeat(1_000_000) + "\nx\n"));
            places.next().answer("{}");

            assertThat(client.rest()).matches(AT + "kiwi \\+1\\+1 5\n\\{}\n\n\\? a{128}\n");
            sender.join();
        }
        await().until(() -> counters.clientsOpen == 0);
        assertThat(counters.clientsClosedOverlong).isEqualTo(1);
    }

    @Test
    void aLineAtTheLimitIsAnswered() throws IOException {
        String longest = "IAMAT " + "k".repeat(Limits.DEFAULT.lineBytes() - "IAMAT  +1+1 5".length()) + " +1+1 5";
        try (LineClient client = connect()) {
            assertThat(client.ask(longest + "\r")).startsWith("AT Alford ").endsWith("k +1+1 5");
        }
    }

    @Test
    void aReportFarInTheFutureIsInvalid() throws IOException {
        long now = Instant.now().getEpochSecond();
        try (LineClient client = connect()) {
            assertThat(client.ask("IAMAT kiwi +1+1 " + (now + 86_400 - 60))).startsWith("AT Alford -");
            assertThat(client.ask("IAMAT kiwi +1+1 " + (now + 86_400 + 60))).startsWith("? IAMAT");
            assertThat(client.ask("IAMAT kiwi +1+1 99999999999999999999999")).startsWith("? IAMAT");
        }
    }

    @Test
    void limitsCanBeChangedUnderOpenConnections() throws Exception {
        try (LineClient client = connect()) {
            client.ask("x");
            loop.submit(() -> clients.limits(new Limits(300, 1, 1, 10, 0))).sync();

            assertThat(client.ask("IAMAT kiwi +1+1 " + (Instant.now().getEpochSecond() + 60)))
                    .startsWith("?");
            client.send("y".repeat(301));
            assertThat(client.rest()).isEqualTo("? " + "y".repeat(128) + "\n");
        }
    }

    @Test
    void aConnectionBeyondTheLimitIsClosed() throws Exception {
        loop.submit(() -> clients.limits(new Limits(16_384, 2, 2, 10, 86_400))).sync();
        LineClient two = connect();
        try (LineClient one = connect()) {
            one.ask("x");
            two.ask("x");
            try (LineClient three = connect()) {
                assertTurnedAway(three);
            }
            assertThat(counters.clientsRefused).isEqualTo(1);
            two.close();
            await().until(() -> counters.clientsOpen == 1);
            try (LineClient three = connect()) {
                assertThat(three.ask("x")).isEqualTo("? x");
            }
        }
    }

    @Test
    void aConnectionBeyondTheLimitOfItsAddressIsClosed() throws Exception {
        loop.submit(() -> clients.limits(new Limits(16_384, 10, 1, 10, 86_400))).sync();
        try (LineClient one = connect()) {
            one.ask("x");
            try (LineClient two = connect();
                    LineClient other = connect(InetAddress.getByName("127.0.0.2"))) {
                assertTurnedAway(two);
                assertThat(other.ask("x")).isEqualTo("? x");
            }
            assertThat(counters.clientsRefused).isEqualTo(1);
        }
        await().until(() -> counters.clientsOpen == 0);
        try (LineClient again = connect()) {
            assertThat(again.ask("x")).isEqualTo("? x");
        }
    }

    @Test
    void aClientThatTakesTooLongOverALineIsClosed() throws Exception {
        try (LineClient idle = connect();
                LineClient busy = connect();
                LineClient slow = connect()) {
            idle.ask("x");
            slow.ask("x");
            slow.send("y");
            for (int i = 0; counters.clientsClosedUnfinished == 0; i++) {
                busy.send("z\nunfinis");
                assertThat(busy.line()).isEqualTo(i == 0 ? "? z" : "? unfinisz");
            }

            assertThat(slow.rest()).isEmpty();
            assertThat(idle.ask("x")).isEqualTo("? x");
            busy.send("\n");
            assertThat(busy.line()).isEqualTo("? unfinis");
            assertThat(counters.clientsClosedUnfinished).isEqualTo(1);
        }
    }

    @Test
    void aClientThatTakesTooLongOverARecordOfTlsIsClosed() throws Exception {
        assumeTrue(security == Security.TLS, "there are no records without TLS");
        try (LineClient client = connect()) {
            client.ask("x");
            // Application data of 4 KiB, of which one byte comes.
            client.sendBelowTls(new byte[] {0x17, 3, 3, 0x10, 0, 1});

            await().until(() -> counters.clientsClosedUnfinished == 1);
            await().until(() -> counters.clientsOpen == 0);
        }
    }

    @Test
    void aClientThatDoesNotReadIsNotReadAndThenClosed() throws Exception {
        try (LineClient client = connect()) {
            String line = "x".repeat(10_000) + "\n";
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
                while (true) {
                    send(client, line);
                }
            });

            await().until(() -> counters.clientsClosedSlow == 1);

            assertThatThrownBy(sender::join).hasRootCauseInstanceOf(IOException.class);
        }
        // Far less than was offered: the kernel's buffers, and one burst.
        assertThat(counters.clientBytesIn).isLessThan(64 << 20);
        await().until(() -> counters.clientsOpen == 0);
    }

    @Test
    void stoppingAnswersWhatIsOwedAndCloses() throws Exception {
        try (LineClient idle = connect();
                LineClient waiting = connect()) {
            idle.ask("x");
            waiting.ask("IAMAT kiwi +1+1 5");
            waiting.send("WHATSAT kiwi 1 1\ny\nunfinished");
            HeldPlaces.Question question = places.next();

            CompletableFuture<Void> stopped = loop.submit(() -> clients.stop()).get();

            assertThat(idle.rest()).isEmpty();
            assertThat(stopped).isNotDone();
            question.answer("{}");
            assertThat(waiting.rest()).matches(AT + "kiwi \\+1\\+1 5\n\\{}\n\n\\? y\n");
            stopped.get(10, TimeUnit.SECONDS);
            assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
        }
    }

    @Test
    void stoppingDoesNotWaitForAClientThatSaysNothing() throws Exception {
        try (LineClient silent = new LineClient(address);
                LineClient client = connect()) {
            client.ask("x");
            await().until(() -> counters.clientsOpen == 2);

            CompletableFuture<Void> stopped = loop.submit(() -> clients.stop()).get();

            assertThat(silent.rest()).isEmpty();
            stopped.get(3, TimeUnit.SECONDS);
        }
    }

    private Optional<LiveClientCredentials> credentials() {
        if (security == Security.PLAIN) {
            return Optional.empty();
        }
        LiveClientCredentials live = new LiveClientCredentials(InstantSource.system());
        live.read(AUTHORITY.leaf("Alford").clientFiles());
        return Optional.of(live);
    }

    private LineClient connect() throws IOException {
        return connect(null);
    }

    private LineClient connect(InetAddress from) throws IOException {
        return security == Security.PLAIN
                ? new LineClient(address, from)
                : LineClient.overTls(TrustingTls.showing(null), address, from);
    }

    private static void assertTurnedAway(LineClient client) throws IOException {
        try {
            assertThat(client.rest()).isEmpty();
        } catch (SSLException | SocketException e) {
            // Before there is TLS that is no end it knows.
        }
    }

    private static void send(LineClient client, String text) {
        try {
            client.send(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sendInPieces(LineClient client, String text, SplittableRandom random) {
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(text.length(), from + 1 + random.nextInt(3_000));
            send(client, text.substring(from, to));
            from = to;
        }
    }

    private static double seconds(Instant instant) {
        return instant.getEpochSecond() + instant.getNano() / 1e9;
    }
}
