package io.serverherd.node.places;

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
    /** Null until it is needed, or {@link #prepare prepared}. */
    private HttpClient http;

    Exchanges() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(4, 4, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "places-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        this.threads = pool;
    }

    /** Spares the first question the third of a second that TLS takes to set up. */
    void prepare() {
        threads.execute(this::http);
    }

    private synchronized HttpClient http() {
        if (http == null) {
            http = HttpClient.newBuilder()
                    .executor(threads)
                    // One exchange per connection: one dead connection can't hold up the others, as it does in HTTP/2.
                    .version(HttpClient.Version.HTTP_1_1)
                    // The key would go where the answer says.
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
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
        HttpRequest request = api.request(
                new PlacesQuery(question.location(), question.radiusKm(), 0), question.config(), question.key());
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http().sendAsync(request, head -> new BoundedBody(MAX_BODY_BYTES));
        answer.whenComplete((done, failure) -> exchange.cancel(true));
        exchange.thenApply(response -> read(api, response)).whenComplete((read, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(failure);
            } else {
                answer.complete(read);
            }
        });
    }

    private static PlacesAnswer read(PlacesApi api, HttpResponse<byte[]> response) {
        PlacesAnswer answer = api.answer(response.statusCode(), response.body());
        return response.headers()
                .firstValue("Retry-After")
                .map(header -> answer.withWish(RetryAfter.of(header, Instant.now())))
                .orElse(answer);
    }
}
