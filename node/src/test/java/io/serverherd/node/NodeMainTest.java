package io.serverherd.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeMainTest {
    @TempDir
    Path temp;

    private NodeRun node;

    @BeforeEach
    void prepare() throws IOException {
        node = new NodeRun(temp);
    }

    @AfterEach
    void end() {
        node.close();
    }

    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader replies;

        Client(int port) throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.setSoTimeout(30_000);
            replies = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        }

        void say(String line) throws IOException {
            socket.getOutputStream().write((line + "\n").getBytes(UTF_8));
        }

        /** The next line; null at the end of the stream. */
        String hear() throws IOException {
            return replies.readLine();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void helpIsTheTableOfTheEnvironment() throws Exception {
        node.start("--help");

        assertThat(node.exitCode()).isZero();
        assertThat(node.stdout()).isEqualTo(NodeConfig.HELP);
    }

    @Test
    void theVersionIsOneLine() throws Exception {
        node.start("--version");

        assertThat(node.exitCode()).isZero();
        assertThat(node.stdout()).matches("herd-node \\S+\n");
    }

    @Test
    void anUnknownArgumentIsRefused() throws Exception {
        node.start("--verbose");

        assertThat(node.exitCode()).isEqualTo(2);
        assertThat(node.stderr())
                .isEqualTo("herd-node: unknown argument \"--verbose\"; there are --help and --version\n");
    }

    @Test
    void aWrongEnvironmentIsALineForEachDefectAndExitCode2() throws Exception {
        node.without("HERD_NAME").with("HERD_PEER_PORT", "no").start();

        assertThat(node.exitCode()).isEqualTo(2);
        assertThat(node.stdout()).isEmpty();
        assertThat(node.stderr().lines())
                .containsExactly(
                        "herd-node: HERD_NAME is not set: must be a name of lower-case letters, digits, hyphens and dots",
                        "herd-node: HERD_PEER_PORT is \"no\": must be a port, 1–65535");
    }

    @Test
    void aLogFolderThatCannotBeWrittenIsAWrongEnvironment() throws Exception {
        Files.writeString(temp.resolve("log"), "");
        node.start();

        assertThat(node.exitCode()).isEqualTo(2);
        assertThat(node.stderr().lines())
                .singleElement()
                .asString()
                .startsWith("herd-node: HERD_LOG_DIR is \"" + temp.resolve("log") + "\": can't be written: ");
    }

    @Test
    void aPortThatIsTakenIsOneLineAndExitCode1() throws Exception {
        try (ServerSocket taken = new ServerSocket(node.clientPort(), 1, InetAddress.getLoopbackAddress())) {
            node.herdJson("{}").start();

            assertThat(node.exitCode()).isEqualTo(1);
            assertThat(node.stderr()).isEmpty();
            assertThat(node.stdout().lines().filter(line -> line.contains(" ERROR ")))
                    .singleElement()
                    .asString()
                    .contains(" node.not-started reason=\"")
                    .contains("client port 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void anAdminPortThatIsTakenIsOneLineAndExitCode1() throws Exception {
        try (ServerSocket taken = new ServerSocket(node.adminPort(), 1, InetAddress.getLoopbackAddress())) {
            node.herdJson("{}").start();

            assertThat(node.exitCode()).isEqualTo(1);
            assertThat(node.stdout())
                    .contains(" ERROR node.not-started reason=\"admin port 127.0.0.1:" + taken.getLocalPort()
                            + ": Address already in use\"");
        }
    }

    @Test
    void aSignalToStopIsObeyedWithExitCode0() throws Exception {
        node.herdJson("{}").started();
        try (Client client = new Client(node.clientPort())) {
            client.say("IAMAT kiwi +34.068930-118.445127 1479413884.392014450");
            assertThat(client.hear()).matches("AT Alford \\+\\d+\\.\\d{9} kiwi .*");

            node.terminate();

            assertThat(client.hear()).isNull();
        }
        assertThat(node.exitCode()).isZero();
        assertThat(node.stderr()).isEmpty();
        assertThat(node.logFile()).isEqualTo(node.stdout());
        assertThat(node.stdout().lines().map(line -> line.replaceFirst("^\\S+ (\\S+ \\S+).*", "$1")))
                .contains("INFO config.loaded", "INFO node.started", "INFO node.stopping", "INFO node.stopped");
    }

    @Test
    void aReplyThatIsOwedIsGivenBeforeTheEnd() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        HttpServer google = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        google.createContext("/", exchange -> {
            asked.countDown();
            try (exchange) {
                goOn.await();
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write("{\"results\":[],\"status\":\"ZERO_RESULTS\"}".getBytes(UTF_8));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        google.start();
        node.key("any")
                .herdJson("{\"places\": {\"endpoint\": \"http://127.0.0.1:"
                        + google.getAddress().getPort() + "\"}}")
                .started();
        try (Client client = new Client(node.clientPort())) {
            client.say("IAMAT kiwi +34.068930-118.445127 1479413884.392014450");
            String at = client.hear();
            client.say("WHATSAT kiwi 10 5");
            asked.await();

            node.terminate();
            await().until(() -> node.stdout().contains("node.stopping"));
            goOn.countDown();

            assertThat(client.hear()).isEqualTo(at);
            assertThat(client.hear()).isEqualTo("{\"results\":[],\"status\":\"ZERO_RESULTS\"}");
            assertThat(client.hear()).isEmpty();
            assertThat(client.hear()).isNull();
            assertThat(node.exitCode()).isZero();
        } finally {
            google.stop(0);
        }
    }

    @Test
    void aServerWithoutItsFileWaitsForItAndThenServes() throws Exception {
        node.started();
        assertThat(node.get("/readyz").statusCode()).isEqualTo(503);
        assertThat(node.status().path("configError").textValue()).startsWith("herd.json: missing in HERD_CONFIG_DIR; ");

        node.herdJson("{}");

        await().until(() -> node.get("/readyz").statusCode() == 200);
        assertThat(node.status().has("configError")).isFalse();
    }

    @Test
    void aChangedFileIsInForceWithoutARestart() throws Exception {
        node.herdJson("{}").started();
        String before = node.status().path("configHash").textValue();
        try (Client client = new Client(node.clientPort())) {
            node.herdJson("{\"neighbours\": [{\"server\": \"Ball\", \"address\": \"127.0.0.1:1\"}]}");

            await().until(() -> !node.status().path("configHash").textValue().equals(before));
            assertThat(node.status().path("peers").findValuesAsText("server")).containsExactly("Ball");
            client.say("hello");
            assertThat(client.hear()).isEqualTo("? hello");
        }
    }

    @Test
    void aNeighbourThatCameBackWithAnotherAddressIsDialledThere() throws Exception {
        Path hosts = Files.writeString(temp.resolve("hosts"), "127.0.0.1 ball.example\n");
        try (ServerSocket ball = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
            // Java would keep the first address for 30 s.
            ball.setSoTimeout(20_000);
            node.java("-Djdk.net.hosts.file=" + hosts)
                    .herdJson("{\"neighbours\": [{\"server\": \"Ball\", \"address\": \"ball.example:"
                            + ball.getLocalPort() + "\"}]}")
                    .started();
            await().until(() -> node.stdout().contains("127.0.0.1:" + ball.getLocalPort()));

            Files.writeString(hosts, "127.0.0.2 ball.example\n");

            try (Socket link = ball.accept();
                    BufferedReader lines = new BufferedReader(new InputStreamReader(link.getInputStream(), UTF_8))) {
                assertThat(lines.readLine()).isEqualTo("PEER test Alford");
            }
        }
    }

    @Test
    void messagesAreLoggedOnceTheFileAsksForIt() throws Exception {
        node.herdJson("{}").started();
        try (Client client = new Client(node.clientPort())) {
            client.say("before");
            client.hear();
            node.herdJson("{\"logMessages\": true}");
            await().until(() -> node.stdout().contains("logMessages=true"));

            client.say("hello\u001b");

            await().until(() -> node.stdout().contains("message.sent"));
            assertThat(node.stdout())
                    .doesNotContain("before")
                    .containsPattern(
                            "Z INFO message\\.received from=127\\.0\\.0\\.1:\\d+ line=\"hello\\\\x1b[^\"]*\"\n")
                    .containsPattern("Z INFO message\\.sent to=127\\.0\\.0\\.1:\\d+ line=\"\\? hello\\\\x1b[^\"]*\"\n");
        }
    }

    @Test
    void placesThatGoOnFailingAreLeftAloneAndTheServerSaysSo() throws Exception {
        node.key("AIza-canary")
                .herdJson("{\"places\": {\"endpoint\": \"http://127.0.0.1:1\"}}")
                .started();
        assertThat(node.metric("serverherd_places_circuit_open")).isZero();
        try (Client client = new Client(node.clientPort())) {
            client.say("IAMAT kiwi +34.068930-118.445127 1479413884.392014450");
            client.hear();
            for (int i = 0; i < 5; i++) {
                client.say("WHATSAT kiwi 10 5");
                client.hear();
                assertThat(client.hear()).contains("UNKNOWN_ERROR");
                client.hear();
            }
        }

        assertThat(node.metric("serverherd_places_circuit_open")).isOne();
        await().until(() -> node.stdout().contains("WARN places.circuit-opened outcome=transport"));
    }

    @Test
    void theKeyIsInNothingThatTheServerSaysOfItself() throws Exception {
        String canary = "AIza-canary";
        node.key(canary)
                .herdJson("{\"logMessages\": true, \"places\": {\"endpoint\": \"http://127.0.0.1:1\"}}")
                .started();
        try (Client client = new Client(node.clientPort())) {
            client.say("IAMAT kiwi +34.068930-118.445127 1479413884.392014450");
            client.say("WHATSAT kiwi 10 5");
            client.hear();
            client.hear();
            assertThat(client.hear()).contains("UNKNOWN_ERROR");
        }
        String pages = node.get("/status").body() + node.get("/metrics").body();
        node.terminate();
        assertThat(node.exitCode()).isZero();

        assertThat(pages).contains("\"placesKey\":\"loaded\"");
        assertThat(node.stdout()).contains("places.failing").contains("places-key.read state=loaded");
        assertThat(pages + node.stdout() + node.stderr() + node.logFile()).doesNotContain(canary);
    }
}
