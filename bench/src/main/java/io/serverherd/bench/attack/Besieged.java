package io.serverherd.bench.attack;

import io.serverherd.bench.load.Load;
import io.serverherd.bench.load.NodeProgram;
import io.serverherd.bench.load.NodeServer;
import io.serverherd.bench.load.Processors;
import io.serverherd.bench.load.Shape;
import io.serverherd.bench.load.Window;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The node that is attacked, with low caps, and its honest clients: all from 127.0.0.1, and connected all the time. */
final class Besieged implements AutoCloseable {
    /** In force there. */
    static final int CONNECTIONS = 2_000;
    /** The same. */
    static final int PER_ADDRESS = 1_000;
    /** The metric that says how many there are. */
    static final String OPEN = "serverherd_client_connections_open";
    /** The neighbours that it has or waits for; the names make them dial, without TLS. */
    static final String READER = "Abel";

    static final String STALLER = "Adam";

    private static final Shape HONEST = new Shape(50, 16);
    private static final Shape CLOSED = new Shape(50, 1);
    /**
     * Honest clients want so much of what the node can answer in a closed loop. That takes about a third of its processor:
     * what comes when it is due comes in smaller bursts, and each costs more.
     */
    private static final double SHARE = 0.15;

    private final Path java;
    private final NodeServer node;
    private final Load load;
    private int perSecond;

    /** Starts it. Its Places key is no secret. */
    Besieged(NodeProgram program, Processors processors, Path folder) throws IOException {
        java = program.java();
        Path places = folder.resolve("places");
        Files.createDirectories(places);
        Files.writeString(places.resolve("api-key"), "bench");
        NodeProgram withKey = program.with(
                program.name(), "HERD_PLACES_DIR", places.toAbsolutePath().toString());
        node = NodeServer.configured(withKey, processors, folder, herdJson(URI.create("http://127.0.0.1:1")));
        load = new Load(node, node.dialogue(), HONEST);
    }

    static String herdJson(URI places) {
        return """
                {"neighbours": [{"server": "%s", "address": "127.0.0.1:1", "tls": false},
                                {"server": "%s", "address": "127.0.0.1:1", "tls": false}],
                 "places": {"endpoint": "%s", "timeoutSeconds": 5},
                 "limits": {"connections": %d, "connectionsPerAddress": %d}}
                """.formatted(READER, STALLER, places, CONNECTIONS, PER_ADDRESS);
    }

    /** Loads it in a closed loop, which tells how much honest clients may want from now on. */
    void warmUp(Duration time) throws IOException {
        try (Load closed = new Load(node, node.dialogue(), CLOSED)) {
            closed.run(Duration.ZERO, time);
            perSecond =
                    (int) (SHARE * closed.run(Duration.ZERO, time.dividedBy(4)).messages());
        }
        honest(Duration.ZERO, time.dividedBy(4));
    }

    /** What honest clients have of it meanwhile; all replies are checked. */
    Window honest(Duration lead, Duration measured) throws IOException {
        return load.run(perSecond, lead, measured);
    }

    /** How many requests a second they make. */
    int perSecond() {
        return perSecond;
    }

    NodeServer node() {
        return node;
    }

    /** What its process takes when it has thrown away what it can. */
    Footprint atRest() throws IOException {
        collectGarbage();
        return footprint();
    }

    /** What its process takes now. */
    Footprint footprint() throws IOException {
        return Footprint.of(node.processes().get(0));
    }

    /** Waits until there are no other connections of clients than the honest ones'. */
    void awaitAlone() throws IOException {
        node.await("all attackers are gone", () -> node.metric(OPEN) == HONEST.connections());
    }

    /** Has its virtual machine look for memory that is not used any more. */
    void collectGarbage() throws IOException {
        String pid = Long.toString(node.processes().get(0).pid());
        Process jcmd = new ProcessBuilder(java.resolveSibling("jcmd").toString(), pid, "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (jcmd.waitFor() != 0) {
                throw new IOException("jcmd does not reach the node");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try (node) {
            load.close();
        }
    }
}
