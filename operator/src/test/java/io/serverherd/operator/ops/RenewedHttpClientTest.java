package io.serverherd.operator.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RenewedHttpClientTest {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger made = new AtomicInteger();
    private final HttpClient client = new RenewedHttpClient(this::newClient, timer);
    private HttpServer server;

    private HttpClient newClient() {
        made.incrementAndGet();
        return HttpClient.newHttpClient();
    }

    @BeforeEach
    void startServer() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/answers", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.createContext("/silent", exchange -> {
            // Whoever asked never hears of it.
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
        timer.shutdownNow();
    }

    @Test
    void connectionsAreKeptWhileThereAreAnswers() throws Exception {
        client.send(request("/answers"), BodyHandlers.discarding());
        client.sendAsync(request("/answers"), BodyHandlers.discarding()).join();

        assertThat(made).hasValue(1);
    }

    @Test
    void anAnswerThatDoesNotComeMakesOthers() {
        assertThatThrownBy(() -> client.send(request("/silent"), BodyHandlers.discarding()))
                .isInstanceOf(HttpTimeoutException.class);
        assertThat(made).hasValue(2);

        assertThatThrownBy(() -> client.sendAsync(request("/silent"), BodyHandlers.discarding())
                        .join())
                .hasCauseInstanceOf(HttpTimeoutException.class);
        await().untilAsserted(() -> assertThat(made).hasValue(3));
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path))
                .timeout(path.equals("/silent") ? Duration.ofMillis(100) : Duration.ofSeconds(30))
                .build();
    }
}
