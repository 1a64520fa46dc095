package io.serverherd.node.places;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.serverherd.node.config.PlacesConfig;
import io.serverherd.node.config.PlacesKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Places that misbehave, one way each: what those who ask get, and when Google is left alone. */
class HostilePlacesTest extends AskedGoogle {
    /** Long enough to be asked in on a machine that is busy. */
    private static final Duration SHORT = Duration.ofSeconds(3);

    /** So many different questions one after the other; all must be answered by an unknown error. */
    private void failTimes(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(answerOf(ask(question(i)))).isEqualTo(UNKNOWN_ERROR);
        }
    }

    private static PlacesQuery question(int i) {
        return new PlacesQuery("+1+" + i, "1", 1);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static HttpHandler answering(int status) {
        return exchange -> respond(exchange, status, "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LEGACY | {\"error_message\":\"GET /?key=AIza-canary\",\"results\":[],\"status\":\"REQUEST_DENIED\"}",
                "LEGACY | {\"results\":[{\"n\":\"\\u0041Iza\\u002dcanary\"}],\"status\":\"OK\"}",
                "NEW    | {\"places\":[{\"id\":\"AIza-canary\"}]}",
                "NEW    | {\"places\":[{},{\"id\":\"\\u0041Iza-canary\"}]}",
            })
    void noClientGetsAnAnswerThatRepeatsTheKey(PlacesConfig.Api api, String answer) {
        config = PlacesConfig.of(api, config.endpoint(), PATIENT);
        behaviour = exchange -> respond(exchange, 200, answer);

        assertThat(answerOf(ask(QUERY))).isEqualTo(UNKNOWN_ERROR);
        assertThat(places.count(Outcome.KEY_REPEATED)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"403, HTTP_ERROR, false", "429, THROTTLED, true", "503, SERVER_ERROR, true"})
    void anErrorPageThatQuotesTheKeyIsAnErrorLikeAnyOther(int status, Outcome outcome, boolean opens) {
        behaviour = exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "60");
            respond(exchange, status, "refused: " + exchange.getRequestURI());
        };

        assertThat(answerOf(ask(QUERY))).isEqualTo(UNKNOWN_ERROR);

        assertThat(places.count(outcome)).isEqualTo(1);
        assertThat(places.circuitOpen()).isEqualTo(opens);
    }

    @Test
    void aHundredMegabytesAreAnUnknownErrorHoweverTheyAreAnnounced() {
        behaviour = exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 100_000_000);
                OutputStream body = exchange.getResponseBody();
                byte[] chunk = "{\"results\":[                                   ".getBytes(UTF_8);
                for (int sent = 0; sent < 100_000_000; sent += chunk.length) {
                    body.write(chunk);
                }
            }
        };

        assertThat(answerOf(ask(QUERY))).isEqualTo(UNKNOWN_ERROR);
        assertThat(places.count(Outcome.OVERSIZED)).isEqualTo(1);
    }

    @Test
    void aGzipBombIsNotUnpacked() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            byte[] blanks = " ".repeat(1 << 20).getBytes(US_ASCII);
            for (int i = 0; i < 100; i++) {
                gzip.write(blanks);
            }
        }
        List<String> accepted = new CopyOnWriteArrayList<>();
        behaviour = exchange -> {
            try (exchange) {
                accepted.add(String.valueOf(exchange.getRequestHeaders().getFirst("Accept-Encoding")));
                exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                exchange.sendResponseHeaders(200, bomb.size());
                exchange.getResponseBody().write(bomb.toByteArray());
            }
        };

        assertThat(answerOf(ask(QUERY))).isEqualTo(UNKNOWN_ERROR);
        assertThat(places.count(Outcome.BAD_ANSWER)).isEqualTo(1);
        assertThat(accepted).containsExactly("null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"results\":", "{\"results\":[],\"status\":\"OK\",\"x\":", ""})
    void jsonAsDeepAsABodyMayBeIsAnUnknownError(String before) {
        String deep = before + "[".repeat(Exchanges.MAX_BODY_BYTES - before.length());
        behaviour = exchange -> respond(exchange, 200, deep);

        assertThat(answerOf(ask(QUERY))).isEqualTo(UNKNOWN_ERROR);
        assertThat(places.count(Outcome.BAD_ANSWER)).isEqualTo(1);
    }

    @Test
    void anAnswerThatEndsTooEarlyIsAnUnknownErrorEvenWhereItIsJsonAlready() throws IOException {
        try (RawGoogle raw = new RawGoogle("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + THREE)) {
            config = config(raw.port(), PATIENT);

            assertThat(answerOf(ask(QUERY))).isEqualTo(UNKNOWN_ERROR);
            assertThat(places.count(Outcome.TRANSPORT)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\0\1\2\3",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
            })
    void whatIsNotHttpIsAnUnknownError(String answer) throws IOException {
        try (RawGoogle raw = new RawGoogle(answer)) {
            config = config(raw.port(), PATIENT);

            assertThat(answerOf(ask(QUERY))).isEqualTo(UNKNOWN_ERROR);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a\r\nX: "})
    void headersWithoutEndAreAnUnknownErrorAndAreNotReadToTheirEnd(String more) throws IOException {
        String headers = "HTTP/1.1 200 OK\r\nX: " + more.repeat(4_000_000);
        try (RawGoogle raw = new RawGoogle(headers)) {
            config = config(raw.port(), PATIENT);

            assertThat(answerOf(ask(QUERY))).isEqualTo(UNKNOWN_ERROR);
            assertThat(places.count(Outcome.TRANSPORT)).isEqualTo(1);
        }
    }

    @Test
    void aByteNowAndThenIsATimeOut() {
        config = config(google.getAddress().getPort(), SHORT);
        behaviour = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                while (testEnds.getCount() > 0) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                    Thread.sleep(20);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };

        assertThat(answerOf(ask(QUERY))).isEqualTo(UNKNOWN_ERROR);
        assertThat(places.count(Outcome.TIMEOUT)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowedAndTheOtherHostSeesNothing(int status) throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            seen.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders());
            respond(exchange, 200, THREE);
        });
        other.start();
        behaviour = exchange -> {
            String elsewhere = "http://127.0.0.1:" + other.getAddress().getPort() + exchange.getRequestURI();
            exchange.getResponseHeaders().set("Location", elsewhere);
            exchange.getResponseHeaders().set("Refresh", "0; url=" + elsewhere);
            respond(exchange, status, "");
        };
        try {
            assertThat(answerOf(ask(QUERY))).isEqualTo(UNKNOWN_ERROR);
            assertThat(asked).hasSize(1);
            assertThat(seen).isEmpty();
        } finally {
            other.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 429})
    void aGoogleThatFailsFiveTimesIsNotAskedUntilItAnswersAgain(int status) {
        behaviour = answering(status);
        failTimes(Circuit.FAILURES);
        assertThat(places.circuitOpen()).isTrue();

        failTimes(20);
        assertThat(asked).hasSize(Circuit.FAILURES);
        assertThat(places.count(Outcome.CIRCUIT_OPEN)).isEqualTo(20);

        behaviour = exchange -> respond(exchange, 200, THREE);
        pass(Circuit.FIRST_PAUSE);
        assertThat(answerOf(ask(QUERY))).contains("\"OK\"");
        assertThat(answerOf(ask(QUERY))).contains("\"OK\"");
        assertThat(places.circuitOpen()).isFalse();
    }

    @Test
    void aRefusedConnectionOpensTheCircuitToo() throws Exception {
        try (ServerSocket closed = new ServerSocket(0)) {
            config = config(closed.getLocalPort(), PATIENT);
        }

        failTimes(Circuit.FAILURES + 1);

        assertThat(places.count(Outcome.CIRCUIT_OPEN)).isEqualTo(1);
    }

    @Test
    void aGoogleThatHangsIsWaitedForOnceAndThenNobodyWaits() {
        behaviour = this::hang;
        config = config(google.getAddress().getPort(), SHORT);
        List<CompletableFuture<String>> hanging = new ArrayList<>();
        for (int i = 0; i < PlacesClient.MAX_UNDER_WAY; i++) {
            hanging.add(ask(question(i)));
        }
        assertThat(hanging).allSatisfy(answer -> assertThat(answerOf(answer)).isEqualTo(UNKNOWN_ERROR));

        // With a time-out that would fail the test: it is not waited for.
        failTimes(1_000);

        assertThat(asked.size()).isLessThanOrEqualTo(PlacesClient.MAX_UNDER_WAY);
        assertThat(places.count(Outcome.CIRCUIT_OPEN)).isEqualTo(1_000);
    }

    @Test
    void thoseWhoWaitTheirTurnWhenTheCircuitOpensAreAnswered() {
        behaviour = exchange -> {
            if (exchange.getRequestURI().getQuery().contains("location=9,")) {
                respond(exchange, 500, "");
            } else {
                hang(exchange);
            }
        };
        for (int i = 0; i < PlacesClient.MAX_UNDER_WAY - 1; i++) {
            ask(question(i));
        }
        for (int i = 1; i < Circuit.FAILURES; i++) {
            answerOf(ask(new PlacesQuery("+9+" + i, "1", 1)));
        }
        CompletableFuture<String> last = ask(new PlacesQuery("+9+9", "1", 1));
        List<CompletableFuture<String>> waiting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waiting.add(ask(new PlacesQuery("+8+" + i, "1", 1)));
        }

        assertThat(answerOf(last)).isEqualTo(UNKNOWN_ERROR);
        assertThat(waiting).allSatisfy(answer -> assertThat(answerOf(answer)).isEqualTo(UNKNOWN_ERROR));
        await().until(() -> places.underWay() <= PlacesClient.MAX_UNDER_WAY - 1);
        assertThat(asked).noneMatch(uri -> uri.getQuery().contains("location=8,"));
        assertThat(places.requestsToday()).isEqualTo(PlacesClient.MAX_UNDER_WAY - 1 + Circuit.FAILURES);
    }

    @Test
    void oneQuestionTriesAndTheOthersDoNotWaitForIt() {
        behaviour = answering(500);
        failTimes(Circuit.FAILURES);
        pass(Circuit.FIRST_PAUSE);
        behaviour = this::hang;
        CompletableFuture<String> trying = ask(question(1));
        await().until(() -> asked.size() == Circuit.FAILURES + 1);

        assertThat(answerOf(ask(question(2)))).isEqualTo(UNKNOWN_ERROR);

        assertThat(trying).isNotDone();
        assertThat(asked).hasSize(Circuit.FAILURES + 1);
    }

    @Test
    void aTryThatFailsMakesThePauseLonger() {
        behaviour = answering(500);
        failTimes(Circuit.FAILURES);
        pass(Circuit.FIRST_PAUSE);
        failTimes(1);
        assertThat(asked).hasSize(Circuit.FAILURES + 1);

        pass(Circuit.FIRST_PAUSE);
        failTimes(1);
        assertThat(asked).hasSize(Circuit.FAILURES + 1);

        pass(Circuit.FIRST_PAUSE);
        failTimes(1);
        assertThat(asked).hasSize(Circuit.FAILURES + 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void whoSaysRetryAfterIsLeftAloneSoLong(int status) {
        behaviour = exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "60");
            respond(exchange, status, "");
        };
        failTimes(2);
        pass(Duration.ofSeconds(59));
        failTimes(1);
        assertThat(asked).hasSize(1);

        pass(Duration.ofSeconds(1));
        behaviour = exchange -> respond(exchange, 200, THREE);

        assertThat(answerOf(ask(QUERY))).contains("\"OK\"");
        assertThat(asked).hasSize(2);
    }

    @Test
    void anAnswerToWhatWasAskedBeforeTheCircuitOpenedDoesNotCloseIt() {
        CountDownLatch goOn = new CountDownLatch(1);
        behaviour = exchange -> {
            if (exchange.getRequestURI().getQuery().contains("location=9,")) {
                exchange.getResponseHeaders().set("Retry-After", "60");
                respond(exchange, 429, "");
            } else {
                respondAfter(goOn, exchange);
            }
        };
        CompletableFuture<String> late = ask(question(1));
        await().until(() -> asked.size() == 1);
        assertThat(answerOf(ask(new PlacesQuery("+9+9", "1", 1)))).isEqualTo(UNKNOWN_ERROR);

        goOn.countDown();
        assertThat(answerOf(late)).contains("\"OK\"");

        pass(Duration.ofSeconds(59));
        failTimes(1);
        assertThat(asked).hasSize(2);
        pass(Duration.ofSeconds(1));
        assertThat(answerOf(ask(QUERY))).contains("\"OK\"");
        assertThat(places.circuitOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 403, 404, 413, 414})
    void whatMayBeTheQuestionsFaultOpensNothing(int status) {
        behaviour = answering(status);

        failTimes(3 * Circuit.FAILURES);

        assertThat(asked).hasSize(3 * Circuit.FAILURES);
        assertThat(places.circuitOpen()).isFalse();
    }

    @Test
    void googlesOwnStatusesOpenNothing() {
        behaviour = exchange -> respond(exchange, 200, "{\"results\":[],\"status\":\"OVER_QUERY_LIMIT\"}");

        for (int i = 0; i < 3 * Circuit.FAILURES; i++) {
            assertThat(answerOf(ask(question(i)))).contains("OVER_QUERY_LIMIT");
        }

        assertThat(places.circuitOpen()).isFalse();
    }

    @Test
    void aNewKeyOrEndpointIsTriedAtOnce() throws Exception {
        behaviour = answering(500);
        failTimes(Circuit.FAILURES);
        behaviour = exchange -> respond(exchange, 200, THREE);
        assertThat(answerOf(ask(QUERY))).isEqualTo(UNKNOWN_ERROR);

        key = PlacesKey.parse("AIza-next".getBytes(US_ASCII));

        assertThat(answerOf(ask(QUERY))).contains("\"OK\"");
    }

    @Test
    void whatFailedUnderAnOlderConfigurationSaysNothingOfTheNewOne() {
        behaviour = this::hang;
        config = config(google.getAddress().getPort(), SHORT);
        List<CompletableFuture<String>> old = new ArrayList<>();
        for (int i = 0; i < 2 * Circuit.FAILURES; i++) {
            old.add(ask(question(i)));
        }
        await().until(() -> asked.size() == 2 * Circuit.FAILURES);
        behaviour = exchange -> respond(exchange, 200, THREE);
        config = config(google.getAddress().getPort(), PATIENT);
        assertThat(answerOf(ask(QUERY))).contains("\"OK\"");

        old.forEach(AskedGoogle::answerOf);

        assertThat(places.circuitOpen()).isFalse();
        assertThat(answerOf(ask(QUERY))).contains("\"OK\"");
    }

    @Test
    void theLogSaysOnceThatTheCircuitOpensAndOnceThatItCloses() {
        ListAppender<ILoggingEvent> logged = listenTo(PlacesClient.class.getName());
        behaviour = answering(500);
        failTimes(Circuit.FAILURES);
        pass(Circuit.FIRST_PAUSE);
        failTimes(3);
        behaviour = exchange -> respond(exchange, 200, THREE);
        pass(Circuit.LONGEST_PAUSE);
        answerOf(ask(QUERY));

        assertThat(logged.list)
                .extracting(ILoggingEvent::getLevel, ILoggingEvent::getMessage)
                .containsExactly(
                        tuple(Level.WARN, "places.failing"),
                        tuple(Level.WARN, "places.circuit-opened"),
                        tuple(Level.INFO, "places.answering"),
                        tuple(Level.INFO, "places.circuit-closed"));
    }

    /** Says one thing to whoever connects, whatever is asked, and closes. */
    private static final class RawGoogle implements AutoCloseable {
        private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

        RawGoogle(String answer) throws IOException {
            Thread thread = new Thread(() -> answerAll(answer.getBytes(US_ASCII)), "raw-google");
            thread.setDaemon(true);
            thread.start();
        }

        private void answerAll(byte[] answer) {
            while (!listening.isClosed()) {
                try (Socket socket = listening.accept()) {
                    socket.getInputStream().read(new byte[8_192]);
                    socket.getOutputStream().write(answer);
                } catch (IOException e) {
                    // Closed, by the test or by who asked.
                    continue;
                }
            }
        }

        int port() {
            return listening.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }
}
