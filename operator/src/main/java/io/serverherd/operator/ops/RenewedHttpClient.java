package io.serverherd.operator.ops;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * The JDK's client, with new connections after a request that had no answer in time: it would send the next one over the same
 * connection again. Its web sockets are pinged.
 */
final class RenewedHttpClient extends HttpClient {
    private final Supplier<HttpClient> newClient;
    private final ScheduledExecutorService timer;
    private final AtomicReference<HttpClient> current;

    RenewedHttpClient(Supplier<HttpClient> newClient, ScheduledExecutorService timer) {
        this.newClient = newClient;
        this.timer = timer;
        current = new AtomicReference<>(newClient.get());
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        HttpClient used = current.get();
        try {
            return used.send(request, handler);
        } catch (HttpTimeoutException e) {
            renew(used);
            throw e;
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        HttpClient used = current.get();
        return renewedAfter(used, used.sendAsync(request, handler));
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushes) {
        HttpClient used = current.get();
        return renewedAfter(used, used.sendAsync(request, handler, pushes));
    }

    /** Returns what it is given: a cancelled request must end, and not only who waits for it. */
    private <T> CompletableFuture<HttpResponse<T>> renewedAfter(
            HttpClient used, CompletableFuture<HttpResponse<T>> answer) {
        answer.whenComplete((response, failure) -> {
            if ((failure instanceof CompletionException ? failure.getCause() : failure)
                    instanceof HttpTimeoutException) {
                renew(used);
            }
        });
        return answer;
    }

    /** Once for all requests that were on their way with that client; it goes with the last of them. */
    private void renew(HttpClient used) {
        if (current.get() == used) {
            current.compareAndSet(used, newClient.get());
        }
    }

    @Override
    public WebSocket.Builder newWebSocketBuilder() {
        WebSocket.Builder builder = current.get().newWebSocketBuilder();
        return new WebSocket.Builder() {
            @Override
            public WebSocket.Builder header(String name, String value) {
                builder.header(name, value);
                return this;
            }

            @Override
            public WebSocket.Builder connectTimeout(Duration timeout) {
                builder.connectTimeout(timeout);
                return this;
            }

            @Override
            public WebSocket.Builder subprotocols(String first, String... others) {
                builder.subprotocols(first, others);
                return this;
            }

            @Override
            public CompletableFuture<WebSocket> buildAsync(URI uri, WebSocket.Listener listener) {
                return builder.buildAsync(uri, new PingedWebSocket(listener, timer, System::nanoTime));
            }
        };
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return current.get().cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return current.get().connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return current.get().followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return current.get().proxy();
    }

    @Override
    public SSLContext sslContext() {
        return current.get().sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return current.get().sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return current.get().authenticator();
    }

    @Override
    public Version version() {
        return current.get().version();
    }

    @Override
    public Optional<Executor> executor() {
        return current.get().executor();
    }
}
