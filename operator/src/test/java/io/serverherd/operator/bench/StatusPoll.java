package io.serverherd.operator.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Asks one server for its status, over a connection that stays open: an answer takes a millisecond or two, through an API
 * server too, so it may be asked often enough to tell when something happened.
 */
final class StatusPoll {

    private static final Duration PACE = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest request;

    StatusPoll(InetSocketAddress admin) {
        request = HttpRequest.newBuilder(
                        URI.create("http://" + admin.getHostString() + ":" + admin.getPort() + "/status"))
                .timeout(Duration.ofSeconds(5))
                .build();
    }

    /** Until the answer is as wanted; returns when it came, by {@link System#nanoTime()}. */
    long await(String what, Predicate<JsonNode> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!wanted.test(ask())) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("not within " + PATIENCE + ": " + what + ", " + ask());
                }
                Thread.sleep(PACE.toMillis());
            }
            return System.nanoTime();
        } catch (IOException e) {
            throw new IllegalStateException("asking for " + what + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + what, e);
        }
    }

    JsonNode ask() throws IOException, InterruptedException {
        return JSON.readTree(http.send(request, BodyHandlers.ofByteArray()).body());
    }

    /** Since when each connected neighbour has been: another time means another socket. */
    Map<String, String> links() throws IOException, InterruptedException {
        Map<String, String> links = new TreeMap<>();
        for (JsonNode peer : ask().path("peers")) {
            if (peer.path("connected").asBoolean()) {
                links.put(peer.path("server").asText(), peer.path("since").asText());
            }
        }
        return links;
    }

    /** Whether a status has a connected link to that neighbour. */
    static Predicate<JsonNode> connected(String neighbour) {
        return status -> {
            for (JsonNode peer : status.path("peers")) {
                if (peer.path("server").asText().equals(neighbour)) {
                    return peer.path("connected").asBoolean();
                }
            }
            return false;
        };
    }

    /** Whether a status knows nothing of that neighbour. */
    static Predicate<JsonNode> forgot(String neighbour) {
        return status -> {
            for (JsonNode peer : status.path("peers")) {
                if (peer.path("server").asText().equals(neighbour)) {
                    return false;
                }
            }
            return status.has("peers");
        };
    }
}
