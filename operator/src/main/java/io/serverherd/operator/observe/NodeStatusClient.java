package io.serverherd.operator.observe;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** Asks one server for its {@code /status}. */
final class NodeStatusClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final int THREADS = 2;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            // Pods are never behind the proxy that the operator's environment may name.
            .proxy(HttpClient.Builder.NO_PROXY)
            // By itself it starts one for every answer that comes while others are being read.
            .executor(Executors.newFixedThreadPool(THREADS, NodeStatusClient::daemon))
            .build();
    private final int port;

    NodeStatusClient(int port) {
        this.port = port;
    }

    /** Completes with an exception when there is no answer within a second, or none that can be read. */
    CompletableFuture<NodeStatus> ask(String ip) {
        String host = ip.contains(":") ? "[" + ip + "]" : ip;
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + "/status"))
                .timeout(TIMEOUT)
                .build();
        return http.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(NodeStatusClient::read);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "node-status");
        thread.setDaemon(true);
        return thread;
    }

    private static NodeStatus read(HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            throw new UncheckedIOException(new IOException(response.uri() + " answered " + response.statusCode()));
        }
        try {
            return MAPPER.readValue(response.body(), NodeStatus.Answer.class).toStatus();
        } catch (IOException e) {
            throw new UncheckedIOException(response.uri() + " answered what is not a status: " + e.getMessage(), e);
        }
    }
}
