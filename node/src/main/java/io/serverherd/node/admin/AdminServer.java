package io.serverherd.node.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The admin port: a few pages over HTTP, on threads of their own, so that a scrape costs no client anything. */
public final class AdminServer implements AutoCloseable {
    private final Logger log = LoggerFactory.getLogger(AdminServer.class);
    private final HttpServer http;
    private final ExecutorService threads;
    private final Map<String, Page> pages;

    /**
     * Opens the port.
     *
     * @param pages by path
     * @throws IOException when the port can't be opened; the message says which
     */
    public AdminServer(InetSocketAddress address, Map<String, Page> pages) throws IOException {
        // The JDK's server waits for ever for the rest of a request, and Nagle's algorithm holds its answers for 40 ms.
        System.setProperty("sun.net.httpserver.maxReqTime", "5");
        System.setProperty("sun.net.httpserver.maxRspTime", "5");
        System.setProperty("sun.net.httpserver.nodelay", "true");
        this.pages = Map.copyOf(pages);
        try {
            http = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new IOException(
                    "admin port " + address.getHostString() + ":" + address.getPort() + ": " + e.getMessage(), e);
        }
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newFixedThreadPool(4, task -> {
            Thread thread = new Thread(task, "admin-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    /** Where it listens: the real port where 0 was asked for. */
    public InetSocketAddress address() {
        return http.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            Page.Answer answer = answer(method, exchange.getRequestURI().getPath());
            if (answer.status() == 405) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            }
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            if (method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(answer.body().length));
                exchange.sendResponseHeaders(answer.status(), -1);
            } else {
                exchange.sendResponseHeaders(answer.status(), answer.body().length);
                exchange.getResponseBody().write(answer.body());
            }
        }
    }

    private Page.Answer answer(String method, String path) {
        Page page = pages.get(path);
        if (page == null) {
            return Page.Answer.line(
                    404,
                    "no such page; there are "
                            + String.join(" ", pages.keySet().stream().sorted().toList()));
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Page.Answer.line(405, "only GET and HEAD");
        }
        try {
            return page.answer();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Page.Answer.line(503, "the server stops");
        } catch (RuntimeException e) {
            log.atError().addKeyValue("path", path).setCause(e).log("admin.page-failed");
            return Page.Answer.line(500, "failed; the log tells why");
        }
    }

    /** Closes the port; requests under way get no further. */
    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
