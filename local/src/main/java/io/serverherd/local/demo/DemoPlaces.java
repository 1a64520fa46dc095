package io.serverherd.local.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands in for Google Places where there is no key: both of its Nearby Searches on loopback, with places made up. */
public final class DemoPlaces implements AutoCloseable {

    private static final String NEW_PATH = "/v1/places:searchNearby";
    private static final String PATH = "/maps/api/place/nearbysearch/json";

    private static final int MAX_REQUEST_BYTES = 64 * 1024;

    private final HttpServer server;
    private final ExecutorService threads;

    private DemoPlaces(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * @param port on 127.0.0.1; 0 for any free one
     * @throws IOException when the port cannot be had
     */
    public static DemoPlaces start(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        ExecutorService threads = Executors.newFixedThreadPool(4, task -> {
            Thread created = new Thread(task, "demo-places");
            created.setDaemon(true);
            return created;
        });
        server.setExecutor(threads);
        server.createContext(PATH, DemoPlaces::answer);
        server.createContext(NEW_PATH, DemoPlaces::answerNew);
        server.start();
        return new DemoPlaces(server, threads);
    }

    /** Base address, as the operator's Places endpoint. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")
                    || !exchange.getRequestURI().getPath().equals(PATH)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            send(200, NearbySearch.answer(query(exchange)), exchange);
        }
    }

    private static void answerNew(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("POST")
                    || !exchange.getRequestURI().getPath().equals(NEW_PATH)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            NearbySearchNew.Answer answer = NearbySearchNew.answer(
                    header("X-Goog-Api-Key", exchange),
                    header("X-Goog-FieldMask", exchange),
                    exchange.getRequestBody().readNBytes(MAX_REQUEST_BYTES));
            send(answer.status(), answer.text(), exchange);
        }
    }

    private static String header(String name, HttpExchange exchange) {
        return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
    }

    private static void send(int status, String text, HttpExchange exchange) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> parameters = new HashMap<>();
        String raw = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
        for (String parameter : raw.split("&")) {
            String[] parts = parameter.split("=", 2);
            parameters.put(parts[0], parts.length == 2 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "");
        }
        return parameters;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
