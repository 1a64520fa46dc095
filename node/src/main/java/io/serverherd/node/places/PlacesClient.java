package io.serverherd.node.places;

import io.serverherd.node.config.PlacesConfig;
import io.serverherd.node.config.PlacesKey;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Google. All state is the event loop's; only the exchange itself runs on the client's own threads.
 *
 * <p>Those who ask the same while a question is under way share its answer, each cut to its own bound; nothing is kept
 * beyond that (Google's terms). At most {@link #MAX_UNDER_WAY} exchanges run at a time, at most {@link #MAX_WAITING}
 * wait, and one that waits spends its own time-out: a Google that hangs costs nobody more than that.
 */
public final class PlacesClient implements Places, AutoCloseable {
    static final int MAX_UNDER_WAY = 64;
    static final int MAX_WAITING = 1024;

    /** Twenty results are about 25 kB. */
    static final int MAX_BODY_BYTES = 2 * 1024 * 1024;

    private final Logger log = LoggerFactory.getLogger(PlacesClient.class);
    private final Executor loop;
    private final Supplier<PlacesConfig> config;
    private final Supplier<PlacesKey> key;
    private final Executor threads;
    private final CompletableFuture<HttpClient> http;
    private final Map<Question, Flight> flights = new HashMap<>();
    private final ArrayDeque<Flight> waiting = new ArrayDeque<>();
    private final long[] outcomes = new long[Outcome.values().length];
    private int underWay;
    private long shared;
    private boolean failing;
    private boolean closed;

    /** What makes two requests identical. A new key or configuration makes a new question. */
    private record Question(String location, String radiusKm, PlacesConfig config, PlacesKey key) {}

    private record Waiter(int bound, Consumer<byte[]> reply) {}

    private static final class Flight {
        final Question question;
        final List<Waiter> waiters = new ArrayList<>();
        final CompletableFuture<PlacesAnswer> answer = new CompletableFuture<>();
        boolean started;

        Flight(Question question) {
            this.question = question;
        }
    }

    /**
     * @param loop   runs what it is given on the event loop, later, in order
     * @param config in force now; asked on each question
     * @param key    in force now; asked on each question
     */
    public PlacesClient(Executor loop, Supplier<PlacesConfig> config, Supplier<PlacesKey> key) {
        this.loop = loop;
        this.config = config;
        this.key = key;
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(4, 4, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "places-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        this.threads = pool;
        // Made aside: TLS takes a third of a second to set up, and the ports need not wait for it.
        this.http = CompletableFuture.supplyAsync(this::newHttpClient, threads);
    }

    private HttpClient newHttpClient() {
        return HttpClient.newBuilder()
                .executor(threads)
                // One exchange per connection: one dead connection can't hold up the others, as it does in HTTP/2.
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public void nearby(PlacesQuery query, Consumer<byte[]> reply) {
        Waiter waiter = new Waiter(query.bound(), reply);
        PlacesKey keyNow = key.get();
        if (!keyNow.loaded()) {
            fail(waiter, Outcome.NO_KEY);
            return;
        }
        Question question = new Question(query.location(), query.radiusKm(), config.get(), keyNow);
        Flight flight = flights.get(question);
        if (flight != null) {
            shared++;
            flight.waiters.add(waiter);
        } else if (closed || (underWay == MAX_UNDER_WAY && waiting.size() == MAX_WAITING)) {
            fail(waiter, Outcome.BUSY);
        } else {
            flights.put(question, take(question, waiter));
        }
    }

    private Flight take(Question question, Waiter waiter) {
        Flight flight = new Flight(question);
        flight.waiters.add(waiter);
        flight.answer
                .orTimeout(question.config.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .handle((answer, failure) -> answer != null ? answer : PlacesAnswer.failed(outcome(failure)))
                .thenAccept(answer -> loop.execute(() -> land(flight, answer)));
        if (underWay < MAX_UNDER_WAY) {
            start(flight);
        } else {
            waiting.add(flight);
        }
        return flight;
    }

    private void start(Flight flight) {
        flight.started = true;
        underWay++;
        threads.execute(() -> exchange(flight));
    }

    /** On a thread of the pool: making the request looks the host's name up and may wait for that. */
    private void exchange(Flight flight) {
        if (flight.answer.isDone()) {
            return;
        }
        Question question = flight.question;
        PlacesApi api = PlacesApi.of(question.config.api());
        try {
            // The bound takes no part: Google answers a page of 20, and each waiter cuts for itself.
            HttpRequest request = api.request(
                    new PlacesQuery(question.location, question.radiusKm, 0), question.config, question.key);
            CompletableFuture<HttpResponse<byte[]>> exchange =
                    http.join().sendAsync(request, head -> new BoundedBody(MAX_BODY_BYTES));
            // Whoever ends the flight early (its time-out) ends the connection too.
            flight.answer.whenComplete((answer, failure) -> exchange.cancel(true));
            exchange.thenApply(response -> api.answer(response.statusCode(), response.body()))
                    .whenComplete((answer, failure) -> {
                        if (failure != null) {
                            flight.answer.completeExceptionally(failure);
                        } else {
                            flight.answer.complete(answer);
                        }
                    });
        } catch (RuntimeException e) {
            flight.answer.completeExceptionally(e);
        }
    }

    /** On the event loop, once per flight. */
    private void land(Flight flight, PlacesAnswer answer) {
        flights.remove(flight.question);
        if (flight.started) {
            underWay--;
        } else {
            waiting.remove(flight);
        }
        while (!closed && underWay < MAX_UNDER_WAY && !waiting.isEmpty()) {
            start(waiting.remove());
        }
        note(answer.outcome(), flight.question.config);
        for (Waiter waiter : flight.waiters) {
            deliver(waiter, answer);
        }
    }

    /** One waiter's failure is not the others'. */
    private void deliver(Waiter waiter, PlacesAnswer answer) {
        try {
            waiter.reply.accept(answer.cut(waiter.bound));
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("places.reply-failed");
        }
    }

    private void fail(Waiter waiter, Outcome outcome) {
        outcomes[outcome.ordinal()]++;
        loop.execute(() -> deliver(waiter, PlacesAnswer.failed(outcome)));
    }

    /** Counts, and logs the first failure after a success and the first success after a failure, not each. */
    private void note(Outcome outcome, PlacesConfig asked) {
        outcomes[outcome.ordinal()]++;
        // INVALID_REQUEST says something of the question, not of Google.
        if (outcome != Outcome.INVALID_REQUEST && failing == outcome.good()) {
            failing = !outcome.good();
            (failing ? log.atWarn() : log.atInfo())
                    .addKeyValue("outcome", outcome.label())
                    .addKeyValue("endpoint", asked.endpoint())
                    .log(failing ? "places.failing" : "places.answering");
        }
    }

    /** By kind alone: the messages of the HTTP client's exceptions may hold the address, and with it the key. */
    private static Outcome outcome(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            return Outcome.TIMEOUT;
        }
        return cause instanceof BoundedBody.OversizedException
                        || cause.getCause() instanceof BoundedBody.OversizedException
                ? Outcome.OVERSIZED
                : Outcome.TRANSPORT;
    }

    /** How many questions ended so. Any thread; may be a moment behind. */
    public long count(Outcome outcome) {
        return outcomes[outcome.ordinal()];
    }

    /** How many were answered by a question that was under way already. Any thread; may be a moment behind. */
    public long shared() {
        return shared;
    }

    /** Exchanges under way. Any thread; may be a moment behind. */
    public int underWay() {
        return underWay;
    }

    /** On the event loop: answers all that is owed with {@code UNKNOWN_ERROR} and asks no more. */
    @Override
    public void close() {
        closed = true;
        for (Flight flight : List.copyOf(flights.values())) {
            flight.answer.completeExceptionally(new IOException("the server stops"));
        }
    }
}
