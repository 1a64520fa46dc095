package io.serverherd.node.places;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.serverherd.node.config.PlacesConfig;
import io.serverherd.node.config.PlacesKey;
import io.serverherd.node.config.PlacesTrust;
import io.serverherd.node.config.ProxyRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.slf4j.LoggerFactory;

/** Places asked by a real client of a real server that behaves as a test says. */
abstract class AskedGoogle {
    static final String CANARY = "AIza-canary";
    static final String THREE = "{\"results\":[{\"n\":1},{\"n\":2},{\"n\":3}],\"status\":\"OK\"}";
    static final String UNKNOWN_ERROR = "{\"html_attributions\":[],\"results\":[],\"status\":\"UNKNOWN_ERROR\"}\n\n";
    static final String REQUEST_DENIED = "{\"html_attributions\":[],\"results\":[],\"status\":\"REQUEST_DENIED\"}\n\n";
    static final String OVER_QUERY_LIMIT =
            "{\"html_attributions\":[],\"results\":[],\"status\":\"OVER_QUERY_LIMIT\"}\n\n";
    static final PlacesQuery QUERY = new PlacesQuery("+34.068930-118.445127", "10", 2);

    /** So long that a test which needs it would fail by its own time-out. */
    static final Duration PATIENT = Duration.ofMinutes(10);

    final ExecutorService loop = Executors.newSingleThreadExecutor(task -> new Thread(task, "test-loop"));
    final ExecutorService googleThreads = Executors.newCachedThreadPool();
    final List<URI> asked = new CopyOnWriteArrayList<>();
    /** The circuit's, which stands still. */
    final AtomicLong nanos = new AtomicLong();

    final CountDownLatch testEnds = new CountDownLatch(1);
    volatile HttpHandler behaviour = exchange -> respond(exchange, 200, THREE);
    volatile PlacesKey key;
    volatile PlacesConfig config;
    volatile PlacesTrust trust = PlacesTrust.DEFAULT;
    /** By which days begin. */
    volatile Instant now = Instant.parse("2026-01-01T12:00:00Z");

    RequestBudget budget;
    HttpServer google;
    PlacesClient places;

    @BeforeEach
    void start() throws Exception {
        google = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        google.setExecutor(googleThreads);
        google.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI());
            behaviour.handle(exchange);
        });
        google.start();
        key = PlacesKey.parse(CANARY.getBytes(US_ASCII));
        config = config(google.getAddress().getPort(), PATIENT);
        budget = RequestBudget.full(nanos::get, () -> now);
        places = new PlacesClient(
                loop, () -> config, () -> key, () -> trust, new Exchanges(ProxyRules.NONE), budget, nanos::get);
    }

    @AfterEach
    void stop() {
        testEnds.countDown();
        loop.execute(places::close);
        loop.shutdown();
        google.stop(0);
        googleThreads.shutdownNow();
    }

    static PlacesConfig config(int port, Duration timeout) {
        return PlacesConfig.of(PlacesConfig.Api.LEGACY, URI.create("http://127.0.0.1:" + port), timeout);
    }

    static void respond(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, 0);
            exchange.getResponseBody().write(body.getBytes(UTF_8));
        }
    }

    /** Answers nothing until the test is over. */
    void hang(HttpExchange exchange) {
        try {
            testEnds.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    void respondAfter(CountDownLatch goOn, HttpExchange exchange) throws IOException {
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        respond(exchange, 200, THREE);
    }

    CompletableFuture<String> ask(PlacesQuery query) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        loop.execute(() -> places.nearby(query, bytes -> {
            if (!answer.complete(new String(bytes, UTF_8))) {
                answer.obtrudeException(new AssertionError("answered twice"));
            }
        }));
        return answer;
    }

    static String answerOf(CompletableFuture<String> answer) {
        return answer.orTimeout(30, TimeUnit.SECONDS).join();
    }

    static ListAppender<ILoggingEvent> listenTo(String logger) {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        ((Logger) LoggerFactory.getLogger(logger)).addAppender(logged);
        return logged;
    }
}
