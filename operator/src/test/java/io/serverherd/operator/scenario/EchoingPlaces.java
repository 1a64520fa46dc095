package io.serverherd.operator.scenario;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Places that fail in all ways in turn, and each time quote the whole request, the key in it. */
final class EchoingPlaces implements AutoCloseable {
    private static final int[] STATUSES = {200, 400, 302, 403, 429, 500};

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final AtomicInteger asked = new AtomicInteger();

    EchoingPlaces() throws IOException {
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int asked() {
        return asked.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            int status = STATUSES[asked.getAndIncrement() % STATUSES.length];
            String request = exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().entrySet();
            byte[] body = new ObjectMapper()
                    .writeValueAsBytes(Map.of(
                            "error_message",
                            request,
                            "html_attributions",
                            List.of(),
                            "results",
                            List.of(),
                            "status",
                            "OK"));
            exchange.getResponseHeaders()
                    .set("Location", "/again?" + exchange.getRequestURI().getRawQuery());
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
