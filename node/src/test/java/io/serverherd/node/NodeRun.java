package io.serverherd.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A node in a process of its own, as a user starts it: by its environment and its files. */
final class NodeRun implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> javaOptions =
            new ArrayList<>(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m"));
    private final List<String> wrapper = new ArrayList<>();
    private final Path folder;
    private final List<Integer> ports;
    private Process process;

    /** @param folder empty; gets {@code config}, {@code places}, {@code log} and what the process prints */
    NodeRun(Path folder) throws IOException {
        this.folder = folder;
        this.ports = FreePorts.some(3);
        Files.createDirectory(folder.resolve("config"));
        Files.createDirectory(folder.resolve("places"));
        environment.put("HERD_NAME", "test");
        environment.put("HERD_SERVER", "Alford");
        environment.put("HERD_BIND", "127.0.0.1");
        environment.put("HERD_CLIENT_PORT", ports.get(0).toString());
        environment.put("HERD_PEER_PORT", ports.get(1).toString());
        environment.put("HERD_ADMIN_PORT", ports.get(2).toString());
        environment.put("HERD_CONFIG_DIR", folder.resolve("config").toString());
        environment.put("HERD_PLACES_DIR", folder.resolve("places").toString());
        environment.put("HERD_LOG_DIR", folder.resolve("log").toString());
    }

    int clientPort() {
        return ports.get(0);
    }

    /** A new connection to its client port. */
    LineClient client() throws IOException {
        return new LineClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), clientPort()));
    }

    int peerPort() {
        return ports.get(1);
    }

    int adminPort() {
        return ports.get(2);
    }

    NodeRun with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    NodeRun without(String variable) {
        environment.remove(variable);
        return this;
    }

    /** An option of the Java machine. */
    NodeRun java(String option) {
        javaOptions.add(option);
        return this;
    }

    /** A command that is given the command of the node, and becomes it. */
    NodeRun under(String... command) {
        wrapper.addAll(List.of(command));
        return this;
    }

    NodeRun herdJson(String json) throws IOException {
        Files.writeString(folder.resolve("config/herd.json"), json);
        return this;
    }

    NodeRun key(String key) throws IOException {
        Files.writeString(folder.resolve("places/api-key"), key);
        return this;
    }

    NodeRun start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.serverherd.node.NodeMain"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        process = builder.start();
        return this;
    }

    /** Starts, and waits until the admin port answers: a Java process takes its time where many others are busy. */
    NodeRun started() throws IOException {
        start();
        await().atMost(60, TimeUnit.SECONDS)
                .failFast(() -> assertThat(process.isAlive())
                        .as("it runs; it printed:\n%s%s", stdout(), stderr())
                        .isTrue())
                .ignoreExceptions()
                .until(() -> get("/livez").statusCode() == 200);
        return this;
    }

    /** As `kill -9` does; returns when the process is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void terminate() {
        process.destroy();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("still running; it printed:\n" + stdout() + stderr());
        }
        return process.exitValue();
    }

    /** The log is written by a thread of its own, after the event. */
    void awaitPrinted(String pattern) {
        await().untilAsserted(() -> assertThat(stdout()).containsPattern(pattern));
    }

    String stdout() {
        return read("stdout");
    }

    String stderr() {
        return read("stderr");
    }

    String logFile() {
        return read("log/Alford.log");
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + adminPort() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    JsonNode status() throws IOException, InterruptedException {
        return new ObjectMapper().readTree(get("/status").body());
    }

    /** The value of a metric without labels. */
    double metric(String name) throws IOException, InterruptedException {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
