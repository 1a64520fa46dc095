package io.serverherd.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A node of the jar that is measured, started as in its image but for the archive of classes. */
public final class NodeServer implements Candidate {
    /**
     * Where a node listens, always on 127.0.0.1.
     *
     * @param server its name
     */
    record Place(String server, int clientPort, int peerPort, int adminPort) {
        /** A place for each of these servers, on ports that nobody has now. */
        static List<Place> free(List<String> servers) throws IOException {
            Iterator<Integer> ports = FreePorts.some(3 * servers.size()).iterator();
            return servers.stream()
                    .map(server -> new Place(server, ports.next(), ports.next(), ports.next()))
                    .toList();
        }
    }

    /** Which all nodes are of. */
    public static final String HERD = "bench";
    /** The name of a server without others. */
    public static final String ALONE = "Alford";

    private static final Pattern HELD = Pattern.compile("\"clients\":(\\d+).*\"digest\":\"(\\w+)\"", Pattern.DOTALL);
    private static final String HERD_JSON = "herd.json";

    private final String name;
    private final Place place;
    private final Path config;
    private final Path log;
    private final Dialogue dialogue;
    private final ServerProcess process;
    private final HttpClient http = HttpClient.newHttpClient();

    /** A server without neighbours; returns when it is ready. */
    public static NodeServer alone(NodeProgram program, Processors processors, Path folder) throws IOException {
        return configured(program, processors, folder, herdJson(List.of()));
    }

    /** A server with a configuration of its own; returns when it is ready. */
    public static NodeServer configured(NodeProgram program, Processors processors, Path folder, String herdJson)
            throws IOException {
        Place place = Place.free(List.of(ALONE)).get(0);
        NodeServer node = new NodeServer(program, processors, program.folder(folder), place, herdJson);
        node.awaitReady();
        return node;
    }

    /** @param folder gets its configuration and what it prints */
    NodeServer(NodeProgram program, Processors processors, Path folder, Place place, String herdJson)
            throws IOException {
        this.name = program.name();
        this.place = place;
        this.dialogue = dialogue(CLIENTS);
        this.log = folder.resolve("node.log");
        this.config = folder.resolve("config");
        Files.createDirectories(config);
        Files.writeString(config.resolve(HERD_JSON), herdJson);
        Map<String, String> environment = new HashMap<>(program.environment());
        environment.replaceAll((name, value) -> value.replace("SERVER", place.server()));
        environment.put("MALLOC_ARENA_MAX", "2");
        environment.put("HERD_NAME", HERD);
        environment.put("HERD_SERVER", place.server());
        environment.put("HERD_BIND", "127.0.0.1");
        environment.put("HERD_CLIENT_PORT", Integer.toString(place.clientPort()));
        environment.put("HERD_PEER_PORT", Integer.toString(place.peerPort()));
        environment.put("HERD_ADMIN_PORT", Integer.toString(place.adminPort()));
        environment.put("HERD_CONFIG_DIR", config.toString());
        process = new ServerProcess(program.command(processors), environment, log);
    }

    static String herdJson(List<Place> neighbours) {
        return neighbours.stream()
                .map(one ->
                        "{\"server\": \"%s\", \"address\": \"127.0.0.1:%d\"}".formatted(one.server(), one.peerPort()))
                .collect(Collectors.joining(", ", "{\"neighbours\": [", "]}\n"));
    }

    /** Puts another configuration in force. */
    public void configure(String herdJson) throws IOException {
        Path written = config.resolve("herd.json.new");
        Files.writeString(written, herdJson);
        Files.move(written, config.resolve(HERD_JSON), StandardCopyOption.ATOMIC_MOVE);
        String hash = sha256(herdJson);
        await("the configuration is in force", () -> status().contains(hash));
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }

    /** Waits for a condition, for a minute at most. */
    public void await(String what, ServerProcess.Readiness condition) throws IOException {
        process.await(what, condition);
    }

    void awaitReady() throws IOException {
        process.await(place.server() + " is ready", () -> ask("/readyz").statusCode() == 200);
    }

    void awaitLinks(int count) throws IOException {
        process.await(place.server() + " has its links", () -> metric("serverherd_links") == count);
    }

    /** The value of a metric, named with its labels. */
    public double metric(String metric) throws IOException {
        return ask("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(metric + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(metric.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IOException(name + " has no metric " + metric));
    }

    /** How many clients it knows of, and the digest of what it holds. */
    public String held() throws IOException {
        String text = status();
        Matcher status = HELD.matcher(text.replace(" ", ""));
        return status.find() ? status.group(1) + " " + status.group(2) : text;
    }

    private String status() throws IOException {
        return ask("/status").body();
    }

    private HttpResponse<String> ask(String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + place.adminPort() + path);
        try {
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", place.clientPort());
    }

    /** Where neighbours connect. */
    public InetSocketAddress peerAddress() {
        return new InetSocketAddress("127.0.0.1", place.peerPort());
    }

    /** What clients say of whom nobody else speaks. */
    public Reports dialogue(int clients) {
        return new Reports(place.server(), clients);
    }

    /** Has all that it prints. */
    public Path log() {
        return log;
    }

    @Override
    public Dialogue dialogue() {
        return dialogue;
    }

    @Override
    public List<ProcessHandle> processes() {
        return List.of(process.handle());
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
