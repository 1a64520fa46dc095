package io.serverherd.node.places;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.serverherd.node.config.PlacesCaps;
import io.serverherd.node.config.PlacesConfig;
import io.serverherd.node.config.PlacesKey;
import io.serverherd.node.config.ProxyRules;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class PlacesClientTest extends AskedGoogle {
    private String threadOfReply() {
        CompletableFuture<String> thread = new CompletableFuture<>();
        AtomicBoolean returned = new AtomicBoolean();
        loop.execute(() -> {
            places.nearby(
                    QUERY,
                    bytes -> thread.complete(Thread.currentThread().getName() + ", call returned: " + returned.get()));
            returned.set(true);
        });
        return answerOf(thread);
    }

    @Test
    void anAnswerIsCutToTheBoundAndEndsInTwoNewlines() {
        assertThat(answerOf(ask(QUERY))).isEqualTo("{\"results\":[{\"n\":1},{\"n\":2}],\"status\":\"OK\"}\n\n");
        assertThat(asked)
                .containsExactly(URI.create("/maps/api/place/nearbysearch/json"
                        + "?location=34.068930,-118.445127&radius=10000&key=" + CANARY));
    }

    @Test
    void aReplyComesOnTheLoopAfterTheCallHasReturned() {
        assertThat(threadOfReply()).isEqualTo("test-loop, call returned: true");
    }

    @Test
    void aReplyWithoutAKeyComesAfterTheCallHasReturnedToo() {
        key = PlacesKey.MISSING;

        assertThat(threadOfReply()).isEqualTo("test-loop, call returned: true");
    }

    @Test
    void anAnswerInManyPiecesIsOneAnswer() {
        behaviour = exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                OutputStream body = exchange.getResponseBody();
                for (byte b : THREE.getBytes(UTF_8)) {
                    body.write(b);
                    body.flush();
                }
            }
        };

        assertThat(answerOf(ask(QUERY))).isEqualTo("{\"results\":[{\"n\":1},{\"n\":2}],\"status\":\"OK\"}\n\n");
    }

    @Test
    void aSlowAnswerWithinTheTimeOutIsAnAnswer() {
        CountDownLatch goOn = new CountDownLatch(1);
        behaviour = exchange -> respondAfter(goOn, exchange);
        CompletableFuture<String> answer = ask(QUERY);
        await().until(() -> asked.size() == 1);
        assertThat(answer).isNotDone();

        goOn.countDown();

        assertThat(answerOf(answer)).contains("\"OK\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 301, 302, 307, 308, 400, 403, 404, 429, 500, 503})
    void anHttpStatusOtherThan200IsAnUnknownError(int status) {
        behaviour = exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            if (status == 204) {
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            } else {
                respond(exchange, status, THREE);
            }
        };

        assertThat(answerOf(ask(QUERY))).isEqualTo(UNKNOWN_ERROR);
        assertThat(places.count(Outcome.ofHttpError(status))).isEqualTo(1);
        assertThat(asked).hasSize(1);
    }

    @Test
    void anAnswerThatIsNotJsonIsAnUnknownError() {
        behaviour = exchange -> respond(exchange, 200, "{\"html_attributions\":[");

        assertThat(answerOf(ask(QUERY))).isEqualTo(UNKNOWN_ERROR);
        assertThat(places.count(Outcome.BAD_ANSWER)).isEqualTo(1);
    }

    @Test
    void aBodyBeyondTheBoundIsAnUnknownErrorAndIsNotReadToItsEnd() {
        CompletableFuture<String> googlesEnd = new CompletableFuture<>();
        behaviour = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[65_536];
            try {
                while (!googlesEnd.isDone()) {
                    exchange.getResponseBody().write(chunk);
                }
            } catch (IOException e) {
                googlesEnd.complete("cut off");
            }
        };

        assertThat(answerOf(ask(QUERY))).isEqualTo(UNKNOWN_ERROR);
        assertThat(answerOf(googlesEnd)).isEqualTo("cut off");
        assertThat(places.count(Outcome.OVERSIZED)).isEqualTo(1);
    }

    @Test
    void theLargestBodyIsTaken() {
        String json = "{\"results\":[],\"status\":\"OK\"}";
        String largest = json + " ".repeat(Exchanges.MAX_BODY_BYTES - json.length());
        behaviour = exchange -> respond(exchange, 200, largest);

        assertThat(answerOf(ask(QUERY))).isEqualTo(largest + "\n\n");
    }

    @Test
    void aGoogleThatHangsIsATimeOut() {
        behaviour = this::hang;
        config = config(google.getAddress().getPort(), Duration.ofMillis(200));

        assertThat(answerOf(ask(QUERY))).isEqualTo(UNKNOWN_ERROR);
        assertThat(places.count(Outcome.TIMEOUT)).isEqualTo(1);
    }

    @Test
    void aBodyThatHangsIsATimeOutToo() {
        behaviour = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{\"results\":".getBytes(UTF_8));
            exchange.getResponseBody().flush();
            hang(exchange);
        };
        config = config(google.getAddress().getPort(), Duration.ofMillis(200));

        assertThat(answerOf(ask(QUERY))).isEqualTo(UNKNOWN_ERROR);
        assertThat(places.count(Outcome.TIMEOUT)).isEqualTo(1);
    }

    @Test
    void aRefusedConnectionIsAnUnknownError() throws Exception {
        try (ServerSocket closed = new ServerSocket(0)) {
            config = config(closed.getLocalPort(), PATIENT);
        }

        assertThat(answerOf(ask(QUERY))).isEqualTo(UNKNOWN_ERROR);
        assertThat(places.count(Outcome.TRANSPORT)).isEqualTo(1);
    }

    @Test
    void aConnectionThatBreaksIsAnUnknownError() {
        behaviour = exchange -> {
            exchange.sendResponseHeaders(200, 1_000_000);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            exchange.close();
        };

        assertThat(answerOf(ask(QUERY))).isEqualTo(UNKNOWN_ERROR);
    }

    @Test
    void withoutAKeyGoogleIsNotAsked() {
        key = PlacesKey.EMPTY;

        assertThat(answerOf(ask(QUERY))).isEqualTo(REQUEST_DENIED);
        assertThat(asked).isEmpty();
        assertThat(places.count(Outcome.NO_KEY)).isEqualTo(1);
    }

    @Test
    void aNewKeyIsUsedFromTheNextQuestionOn() throws Exception {
        answerOf(ask(QUERY));

        key = PlacesKey.parse("AIza-next".getBytes(US_ASCII));
        answerOf(ask(QUERY));

        assertThat(asked.get(0).getQuery()).endsWith("key=" + CANARY);
        assertThat(asked.get(1).getQuery()).endsWith("key=AIza-next");
    }

    @Test
    void identicalQuestionsUnderWayShareOneRequestAndEachKeepsItsBound() {
        CountDownLatch goOn = new CountDownLatch(1);
        behaviour = exchange -> respondAfter(goOn, exchange);
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int bound = 0; bound <= 3; bound++) {
            answers.add(ask(new PlacesQuery(QUERY.location(), QUERY.radiusKm(), bound)));
        }
        await().until(() -> places.shared() == 3);

        goOn.countDown();

        assertThat(answers)
                .map(AskedGoogle::answerOf)
                .containsExactly(
                        "{\"results\":[],\"status\":\"OK\"}\n\n",
                        "{\"results\":[{\"n\":1}],\"status\":\"OK\"}\n\n",
                        "{\"results\":[{\"n\":1},{\"n\":2}],\"status\":\"OK\"}\n\n",
                        THREE + "\n\n");
        assertThat(asked).hasSize(1);
    }

    @Test
    void thoseWhoAskTheSameOfTheSameBoundShareItsBytes() {
        CountDownLatch goOn = new CountDownLatch(1);
        behaviour = exchange -> respondAfter(goOn, exchange);
        List<byte[]> replies = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            loop.execute(() -> places.nearby(QUERY, replies::add));
        }
        await().until(() -> places.shared() == 999);

        goOn.countDown();

        await().until(() -> replies.size() == 1_000);
        assertThat(replies).allMatch(reply -> reply == replies.get(0));
    }

    @Test
    void anAnswerIsNotKept() {
        answerOf(ask(QUERY));
        answerOf(ask(QUERY));

        assertThat(asked).hasSize(2);
    }

    @Test
    void requestsUnderWayAreBoundedAndTheRestWaitsItsTurn() {
        CountDownLatch goOn = new CountDownLatch(1);
        behaviour = exchange -> respondAfter(goOn, exchange);
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < PlacesClient.MAX_UNDER_WAY + 10; i++) {
            answers.add(ask(new PlacesQuery("+1+" + i, "1", 1)));
        }
        await().until(() -> asked.size() == PlacesClient.MAX_UNDER_WAY);
        assertThat(places.underWay()).isEqualTo(PlacesClient.MAX_UNDER_WAY);

        goOn.countDown();

        assertThat(answers).allSatisfy(answer -> assertThat(answerOf(answer)).contains("\"OK\""));
        assertThat(asked).hasSize(PlacesClient.MAX_UNDER_WAY + 10);
    }

    @Test
    void aQuestionBeyondTheQueueIsAnsweredAtOnce() {
        behaviour = this::hang;
        int most = PlacesClient.MAX_UNDER_WAY + PlacesClient.MAX_WAITING;
        for (int i = 0; i < most; i++) {
            ask(new PlacesQuery("+1+" + i, "1", 1));
        }

        CompletableFuture<String> beyond = ask(new PlacesQuery("+2+2", "1", 1));

        assertThat(answerOf(beyond)).isEqualTo(UNKNOWN_ERROR);
        assertThat(places.count(Outcome.BUSY)).isEqualTo(1);
    }

    @Test
    void aQuestionThatWaitsItsTurnSpendsItsTimeOut() {
        behaviour = this::hang;
        for (int i = 0; i < PlacesClient.MAX_UNDER_WAY; i++) {
            ask(new PlacesQuery("+1+" + i, "1", 1));
        }
        await().until(() -> asked.size() == PlacesClient.MAX_UNDER_WAY);

        config = config(google.getAddress().getPort(), Duration.ofMillis(200));

        assertThat(answerOf(ask(QUERY))).isEqualTo(UNKNOWN_ERROR);
        assertThat(places.count(Outcome.TIMEOUT)).isEqualTo(1);
        assertThat(asked).hasSize(PlacesClient.MAX_UNDER_WAY);
        assertThat(places.requestsToday()).isEqualTo(PlacesClient.MAX_UNDER_WAY);
    }

    @Test
    void afterATimeOutTheNextQuestionIsAskedAfresh() {
        behaviour = this::hang;
        config = config(google.getAddress().getPort(), Duration.ofMillis(200));
        answerOf(ask(QUERY));

        behaviour = exchange -> respond(exchange, 200, THREE);
        config = config(google.getAddress().getPort(), PATIENT);

        assertThat(answerOf(ask(QUERY))).contains("\"OK\"");
        assertThat(places.underWay()).isZero();
    }

    @Test
    void aReplyThatFailsIsNotTheOthers() {
        CountDownLatch goOn = new CountDownLatch(1);
        behaviour = exchange -> respondAfter(goOn, exchange);
        loop.execute(() -> places.nearby(QUERY, bytes -> {
            throw new IllegalStateException("on purpose");
        }));
        CompletableFuture<String> other = ask(QUERY);
        await().until(() -> places.shared() == 1);

        goOn.countDown();

        assertThat(answerOf(other)).contains("\"OK\"");
    }

    @Test
    void closingAnswersWhatIsOwed() {
        behaviour = this::hang;
        CompletableFuture<String> owed = ask(QUERY);
        await().until(() -> asked.size() == 1);

        loop.execute(places::close);

        assertThat(answerOf(owed)).isEqualTo(UNKNOWN_ERROR);
        assertThat(answerOf(ask(QUERY))).isEqualTo(UNKNOWN_ERROR);
        assertThat(asked).hasSize(1);
    }

    @Test
    void aFailureIsLoggedOnceUntilGoogleAnswersAgain() {
        ListAppender<ILoggingEvent> logged = listenTo(PlacesClient.class.getName());
        behaviour = exchange -> respond(exchange, 500, "");
        answerOf(ask(QUERY));
        answerOf(ask(QUERY));
        behaviour = exchange -> respond(exchange, 200, THREE);
        answerOf(ask(QUERY));
        answerOf(ask(QUERY));

        assertThat(logged.list)
                .extracting(ILoggingEvent::getLevel, ILoggingEvent::getMessage)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Level.WARN, "places.failing"),
                        org.assertj.core.groups.Tuple.tuple(Level.INFO, "places.answering"));
    }

    @Test
    void theKeyIsInNoLineOfTheLogWhateverFails() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> logged = listenTo(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        root.setLevel(Level.TRACE);
        try {
            List<HttpHandler> faults = List.of(
                    exchange -> respond(exchange, 500, ""),
                    exchange -> respond(exchange, 200, exchange.getRequestURI().toString()),
                    HttpExchange::close,
                    exchange -> respond(exchange, 200, THREE));
            for (HttpHandler fault : faults) {
                behaviour = fault;
                answerOf(ask(QUERY));
            }
            config = PlacesConfig.of(PlacesConfig.Api.LEGACY, URI.create("http://no-such-host.invalid"), PATIENT);
            answerOf(ask(QUERY));
            config = PlacesConfig.of(PlacesConfig.Api.LEGACY, URI.create("http://127.0.0.1:99999"), PATIENT);
            answerOf(ask(QUERY));
            config = config(google.getAddress().getPort(), Duration.ofMillis(100));
            behaviour = this::hang;
            answerOf(ask(QUERY));
        } finally {
            root.setLevel(before);
        }

        assertThat(logged.list).isNotEmpty();
        assertThat(logged.list).allSatisfy(event -> {
            assertThat(event.getFormattedMessage()).doesNotContain(CANARY);
            assertThat(String.valueOf(event.getKeyValuePairs())).doesNotContain(CANARY);
            assertThat(event.getThrowableProxy()).isNull();
        });
    }

    private void cap(int perSecond, int perDay) {
        config = new PlacesConfig(
                config.api(), config.endpoint(), config.timeout(), config.search(), new PlacesCaps(perSecond, perDay));
    }

    private static PlacesQuery question(int i) {
        return new PlacesQuery("+1+" + i, "1", 1);
    }

    @Test
    void aboveTheRateGoogleIsNotAsked() {
        cap(2, 0);
        for (int i = 0; i < 2; i++) {
            assertThat(answerOf(ask(question(i)))).contains("\"OK\"");
        }

        assertThat(answerOf(ask(question(2)))).isEqualTo(OVER_QUERY_LIMIT);
        assertThat(places.count(Outcome.OVER_RATE)).isEqualTo(1);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(answerOf(ask(question(3)))).contains("\"OK\"");
        assertThat(asked).hasSize(3);
    }

    @Test
    void theRateHoldsForThoseWhoHaveWaitedAndAreReleasedAtOnce() {
        int perSecond = PlacesClient.MAX_UNDER_WAY;
        cap(perSecond, 0);
        CountDownLatch goOn = new CountDownLatch(1);
        behaviour = exchange -> respondAfter(goOn, exchange);
        List<CompletableFuture<String>> answers = new ArrayList<>();
        // Each second as many as are allowed, until the queue is full too.
        while (answers.size() < PlacesClient.MAX_UNDER_WAY + PlacesClient.MAX_WAITING) {
            for (int i = 0; i < perSecond; i++) {
                answers.add(ask(question(answers.size())));
            }
            loop.execute(() -> nanos.addAndGet(Duration.ofSeconds(1).toNanos()));
        }
        await().until(() -> asked.size() == PlacesClient.MAX_UNDER_WAY);

        goOn.countDown();

        List<String> texts = answers.stream().map(AskedGoogle::answerOf).toList();
        assertThat(texts.subList(0, 2 * perSecond)).allMatch(text -> text.contains("\"OK\""));
        assertThat(texts.subList(2 * perSecond, texts.size())).containsOnly(OVER_QUERY_LIMIT);
        assertThat(asked).hasSize(2 * perSecond);
        assertThat(places.count(Outcome.OVER_RATE)).isEqualTo(texts.size() - 2L * perSecond);
        assertThat(places.requestsToday()).isEqualTo(2L * perSecond);
    }

    @Test
    void aCapThatRefusesThoseWhoHaveWaitedIsNoFailureOfGoogle() {
        ListAppender<ILoggingEvent> logged = listenTo(PlacesClient.class.getName());
        cap(0, PlacesClient.MAX_UNDER_WAY);
        CountDownLatch goOn = new CountDownLatch(1);
        behaviour = exchange -> respondAfter(goOn, exchange);
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < PlacesClient.MAX_UNDER_WAY; i++) {
            answers.add(ask(question(i)));
        }
        await().until(() -> asked.size() == PlacesClient.MAX_UNDER_WAY);
        cap(0, PlacesClient.MAX_UNDER_WAY + 1);
        CompletableFuture<String> last = ask(question(-1));
        CompletableFuture<String> oneTooMany = ask(question(-2));

        goOn.countDown();

        assertThat(answerOf(last)).contains("\"OK\"");
        assertThat(answerOf(oneTooMany)).isEqualTo(OVER_QUERY_LIMIT);
        answers.forEach(AskedGoogle::answerOf);
        assertThat(logged.list).isEmpty();
    }

    @Test
    void aTryThatACapForbidsAtTheLastMomentIsTheNextOnes() {
        Queue<PlacesConfig> readings = new ConcurrentLinkedQueue<>();
        places = new PlacesClient(
                loop,
                () -> Objects.requireNonNullElse(readings.poll(), config),
                () -> key,
                () -> trust,
                new Exchanges(ProxyRules.NONE),
                budget,
                nanos::get);
        behaviour = exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "1");
            respond(exchange, 429, "");
        };
        answerOf(ask(question(0)));
        assertThat(places.circuitOpen()).isTrue();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        PlacesConfig open = config;
        cap(0, 1);
        readings.addAll(List.of(open, config));
        config = open;
        assertThat(answerOf(ask(question(1)))).isEqualTo(OVER_QUERY_LIMIT);

        behaviour = exchange -> respond(exchange, 200, THREE);

        assertThat(answerOf(ask(question(2)))).contains("\"OK\"");
        assertThat(places.circuitOpen()).isFalse();
    }

    @Test
    void whenTheDaysBudgetIsUsedUpGoogleIsNotAskedUntilTheNext() {
        cap(0, 2);
        behaviour = exchange -> respond(exchange, 500, "");
        for (int i = 0; i < 2; i++) {
            // What fails was asked all the same.
            assertThat(answerOf(ask(question(i)))).isEqualTo(UNKNOWN_ERROR);
        }
        behaviour = exchange -> respond(exchange, 200, THREE);

        assertThat(places.budgetSpent()).isTrue();
        assertThat(answerOf(ask(question(2)))).isEqualTo(OVER_QUERY_LIMIT);
        assertThat(places.count(Outcome.OVER_BUDGET)).isEqualTo(1);
        assertThat(asked).hasSize(2);

        now = now.plus(Duration.ofDays(1));
        assertThat(places.budgetSpent()).isFalse();
        assertThat(answerOf(ask(question(3)))).contains("\"OK\"");
    }

    @Test
    void whoSharesAnAnswerSpendsNothing() {
        cap(1, 1);
        CountDownLatch goOn = new CountDownLatch(1);
        behaviour = exchange -> respondAfter(goOn, exchange);
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            answers.add(ask(QUERY));
        }
        await().until(() -> places.shared() == 4);

        goOn.countDown();

        assertThat(answers).allSatisfy(answer -> assertThat(answerOf(answer)).contains("\"OK\""));
        assertThat(places.requestsToday()).isEqualTo(1);
    }

    @Test
    void whatAnOpenCircuitAnswersIsNotSpent() {
        cap(0, Circuit.FAILURES + 1);
        behaviour = exchange -> respond(exchange, 500, "");
        for (int i = 0; i < 20; i++) {
            assertThat(answerOf(ask(question(i)))).isEqualTo(UNKNOWN_ERROR);
        }

        assertThat(places.requestsToday()).isEqualTo(Circuit.FAILURES);
    }

    @Test
    void whatTheNewApiWouldRefuseIsAnsweredWithoutIt() {
        config = PlacesConfig.of(PlacesConfig.Api.NEW, config.endpoint(), PATIENT);

        assertThat(answerOf(ask(new PlacesQuery("+1+1", "0.0", 5))))
                .isEqualTo("{\"html_attributions\":[],\"results\":[],\"status\":\"ZERO_RESULTS\"}\n\n");
        assertThat(places.count(Outcome.NOT_ASKED)).isEqualTo(1);
        assertThat(asked).isEmpty();
    }
}
