package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serverherd.local.LocalCluster;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Node processes without Kubernetes, as the reports' authors started theirs: one per server, killed and started by hand. */
final class BareHerd implements AutoCloseable {

    private final Path folder;
    private final List<String> servers;
    private final List<String[]> edges;
    private final String network = LocalCluster.randomPodNetwork();
    private final Map<String, Process> processes = new LinkedHashMap<>();

    BareHerd(Path folder, HerdManifest graph) throws IOException {
        this.folder = folder;
        servers = graph.serverNames();
        edges = graph.edgePairs();
        for (String server : servers) {
            start(server);
        }
        servers.forEach(this::awaitReady);
    }

    void start(String server) throws IOException {
        Path config = Files.createDirectories(folder.resolve(server));
        Files.writeString(
                config.resolve("herd.json"), "{\"neighbours\": [" + String.join(", ", neighbours(server)) + "]}");
        ProcessBuilder builder = JavaProcesses.jar(ProjectFiles.NODE_JAR)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(config.resolve("log").toFile()));
        builder.environment()
                .putAll(Map.of(
                        "HERD_NAME",
                        "bare",
                        "HERD_SERVER",
                        server,
                        "HERD_BIND",
                        address(server),
                        "HERD_CONFIG_DIR",
                        config.toString()));
        processes.put(server, builder.start());
    }

    void awaitReady(String server) {
        await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> assertThat(readiness(server))
                .as(
                        "readiness of %s; its log:\n%s",
                        server, Files.readString(folder.resolve(server).resolve("log")))
                .isEqualTo(200));
    }

    /** No last words. */
    void kill(String server) throws InterruptedException {
        processes.remove(server).destroyForcibly().waitFor();
    }

    String says(String server, String line) throws IOException {
        return LineClient.ask(new InetSocketAddress(address(server), 12000), line);
    }

    /** Until a server gives this record of a client. */
    void awaitRecord(String server, String client, String record) {
        await().atMost(OperatedCluster.PATIENCE)
                .untilAsserted(() ->
                        assertThat(says(server, "WHATSAT " + client + " 10 1")).startsWith(record));
    }

    private List<String> neighbours(String server) {
        List<String> neighbours = new ArrayList<>();
        for (String[] edge : edges) {
            if (edge[0].equals(server) || edge[1].equals(server)) {
                String other = edge[0].equals(server) ? edge[1] : edge[0];
                neighbours.add("{\"server\": \"%s\", \"address\": \"%s:12100\"}".formatted(other, address(other)));
            }
        }
        return neighbours;
    }

    private int readiness(String server) throws IOException {
        HttpURLConnection request = (HttpURLConnection) URI.create("http://" + address(server) + ":12200/readyz")
                .toURL()
                .openConnection();
        try {
            return request.getResponseCode();
        } catch (IOException notListeningYet) {
            return 0;
        }
    }

    private String address(String server) {
        return network.substring(0, network.length() - 1) + (servers.indexOf(server) + 1);
    }

    @Override
    public void close() {
        processes.values().forEach(Process::destroyForcibly);
    }
}
