package io.serverherd.operator.ops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** {@code /livez}, {@code /readyz} and {@code /metrics}. */
public final class HealthServer implements AutoCloseable {
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads;

    /**
     * @param stuck what never ends by itself; empty: nothing does
     * @throws IOException when the address can't be had
     */
    public HealthServer(
            InetSocketAddress address,
            Supplier<Optional<String>> stuck,
            Supplier<Readiness> readiness,
            PrometheusMeterRegistry registry,
            HerdMetrics herds)
            throws IOException {
        server = HttpServer.create(address, 0);
        threads = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "health");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/livez", exchange -> answer(exchange, live(stuck.get())));
        server.createContext("/readyz", exchange -> answer(exchange, readiness.get()));
        server.createContext("/metrics", exchange -> {
            herds.refresh();
            send(exchange, 200, METRICS_TYPE, registry.scrape());
        });
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static Readiness live(Optional<String> stuck) {
        return new Readiness(stuck.isEmpty(), stuck.orElse("ok"));
    }

    private static void answer(HttpExchange exchange, Readiness readiness) throws IOException {
        send(exchange, readiness.ready() ? 200 : 503, "text/plain; charset=utf-8", readiness.text() + "\n");
    }

    private static void send(HttpExchange exchange, int code, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(code, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
