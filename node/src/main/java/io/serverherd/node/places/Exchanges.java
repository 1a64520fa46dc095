package io.serverherd.node.places;

import io.serverherd.node.config.PlacesKey;
import io.serverherd.node.config.PlacesTrust;
import io.serverherd.node.config.ProxyRules;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The talking itself, over HTTP and on threads of its own: nothing here holds up who asks. */
final class Exchanges {
    /** Twenty results are about 25 kB; so many of these are held as there are requests under way. */
    static final int MAX_BODY_BYTES = 256 * 1024;

    private final Executor threads;
    private final HttpClients clients;
    /** Of the client there is. */
    private PlacesTrust trust;
    /** Null until it is needed, or {@link #prepare prepared}. */
    private HttpClient http;

    Exchanges(ProxyRules proxies) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(4, 4, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "places-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        this.threads = pool;
        this.clients = new HttpClients(pool, proxies);
    }

    /** Spares the first question the third of a second that TLS takes to set up. */
    void prepare(PlacesTrust wanted) {
        threads.execute(() -> http(wanted));
    }

    private synchronized HttpClient http(PlacesTrust wanted) {
        if (http == null || wanted != trust) {
            http = clients.of(wanted);
            trust = wanted;
        }
        return http;
    }

    /** Asks, and completes {@code answer}. Whoever completes it before, for it took too long, ends the connection too. */
    void begin(Question question, CompletableFuture<PlacesAnswer> answer) {
        // Making the request looks the host's name up and may wait for that.
        threads.execute(() -> {
            if (!answer.isDone()) {
                try {
                    exchange(question, answer);
                } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            }
        });
    }

    private void exchange(Question question, CompletableFuture<PlacesAnswer> answer) {
        PlacesApi api = PlacesApi.of(question.config().api());
        // The bound takes no part: Google answers a page of 20, and each waiter cuts for itself.
        HttpRequest request = clients.letThrough(api.request(
                new PlacesQuery(question.location(), question.radiusKm(), 0), question.config(), question.key()));
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http(question.trust()).sendAsync(request, head -> new BoundedBody(MAX_BODY_BYTES));
        answer.whenComplete((done, failure) -> exchange.cancel(true));
        exchange.thenApply(response -> read(api, question.key(), response)).whenComplete((read, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(failure);
            } else {
                answer.complete(read);
            }
        });
    }

    private static PlacesAnswer read(PlacesApi api, PlacesKey key, HttpResponse<byte[]> response) {
        PlacesAnswer answer = api.answer(response.statusCode(), response.body());
        // Only in what is handed out: an error page that quotes the request is a failure like any other.
        if (key.isIn(answer.cut(PlacesAnswer.MAX_BOUND))) {
            return PlacesAnswer.failed(Outcome.KEY_REPEATED);
        }
        return response.headers()
                .firstValue("Retry-After")
                .map(header -> answer.withWish(RetryAfter.of(header, Instant.now())))
                .orElse(answer);
    }
}
