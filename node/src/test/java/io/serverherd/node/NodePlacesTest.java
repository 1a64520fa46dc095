package io.serverherd.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.serverherd.node.places.HalfTls;
import io.serverherd.node.places.RecordedExchange;
import io.serverherd.node.places.RecordedGoogle;
import io.serverherd.node.places.StandInProxy;
import io.serverherd.node.places.WebServer;
import io.serverherd.node.tls.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that asks Places: its key, its authorities, its proxy and its budget, as files and variables. */
class NodePlacesTest {
    private static final RecordedExchange OK = RecordedExchange.named("new-ok");
    private static final String IAMAT = "IAMAT kiwi +34.068930-118.445127 1479413884.392014450";
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    @TempDir
    Path temp;

    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final TestAuthority authority = TestAuthority.create();
    private HttpServer google;
    private NodeRun node;
    private int version;

    @BeforeEach
    void prepare() throws IOException {
        node = new NodeRun(temp);
        google = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        google.createContext("/", exchange -> {
            keys.add(exchange.getRequestURI().getQuery().replaceFirst(".*&key=", ""));
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write("{\"results\":[],\"status\":\"OK\"}".getBytes(UTF_8));
            }
        });
        google.start();
    }

    @AfterEach
    void end() {
        node.close();
        google.stop(0);
    }

    /** As a kubelet changes what a Secret holds: a new folder, and then at once another link to it. */
    private void mount(String folder, String file, byte[] content) throws IOException {
        Path mount = Files.createDirectories(temp.resolve(folder));
        Path dated = Files.createDirectory(mount.resolve("..version-" + ++version));
        Files.write(dated.resolve(file), content);
        Path link = mount.resolve("..data_tmp");
        Files.createSymbolicLink(link, dated.getFileName());
        Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (!Files.exists(mount.resolve(file))) {
            Files.createSymbolicLink(mount.resolve(file), Path.of("..data", file));
        }
    }

    private void mountKey(String key) throws IOException {
        mount("places", "api-key", key.getBytes(UTF_8));
    }

    /** What follows the AT line, which is always there. */
    private static String whatsAt(LineClient client) throws IOException {
        assertThat(client.ask("WHATSAT kiwi 10 2")).startsWith("AT Alford ");
        StringBuilder answer = new StringBuilder();
        for (String line = client.line(); !line.isEmpty(); line = client.line()) {
            answer.append(line).append('\n');
        }
        return new String(answer.toString().getBytes(ISO_8859_1), UTF_8);
    }

    private LineClient client() throws IOException {
        LineClient client = node.client();
        assertThat(client.ask(IAMAT)).startsWith("AT Alford ");
        return client;
    }

    private void startedWithGoogle(String more) throws IOException {
        node.herdJson("{\"places\": {\"endpoint\": \"http://127.0.0.1:"
                        + google.getAddress().getPort() + "\"" + more + "}}")
                .started();
    }

    private String lastKey() {
        return keys.get(keys.size() - 1);
    }

    @Test
    void aChangedKeyIsUsedWithinASecondAndNoConnectionIsDropped() throws Exception {
        mountKey("first\n");
        startedWithGoogle("");
        try (LineClient client = client()) {
            whatsAt(client);
            assertThat(lastKey()).isEqualTo("first");

            for (String next : List.of("second", "third\r\n", " \tfourth\n\n")) {
                mountKey(next);

                await().pollInterval(Duration.ofMillis(20)).atMost(A_SECOND).until(() -> {
                    whatsAt(client);
                    return lastKey().equals(next.strip());
                });
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\nlines", "\u0000\u0001", "1 MB"})
    void whatCannotBeAKeyKeepsTheOldOneAndIsSaid(String content) throws Exception {
        mountKey("good");
        startedWithGoogle("");
        try (LineClient client = client()) {
            whatsAt(client);

            mountKey(content.equals("1 MB") ? "canary".repeat(175_000) : content);
            await().until(() -> node.status().has("placesKeyError"));

            whatsAt(client);
            assertThat(lastKey()).isEqualTo("good");
            assertThat(node.status().path("placesKey").textValue()).isEqualTo("loaded");
            await().until(() -> node.stdout().contains("places-key.refused reason="));
            assertThat(node.stdout() + node.status()).doesNotContain("canary");

            mountKey("mended");
            await().until(() -> !node.status().has("placesKeyError"));
            whatsAt(client);
            assertThat(lastKey()).isEqualTo("mended");
        }
    }

    @Test
    void anAuthorityIsFollowedAsTheKeyIs() throws Exception {
        try (RecordedGoogle recorded = new RecordedGoogle(WebServer.at("127.0.0.1", authority), OK)) {
            mountKey("AIza-canary");
            node.with("HERD_PLACES_CA_DIR", temp.resolve("ca").toString())
                    .herdJson("{\"places\": {\"api\": \"New\", \"endpoint\": \"https://127.0.0.1:" + recorded.port()
                            + "\"}}")
                    .started();
            assertThat(node.status().path("placesCaError").textValue()).isEqualTo("is missing");
            try (LineClient client = client()) {
                assertThat(whatsAt(client)).contains("UNKNOWN_ERROR");

                mount("ca", "ca.crt", authority.pem().getBytes(UTF_8));
                // The folder was not there: it is found by the slow poll.
                await().until(() -> !node.status().has("placesCaError"));
                assertThat(whatsAt(client)).isEqualTo(OK.reply().stripTrailing() + "\n");

                mount("ca", "ca.crt", TestAuthority.create().pem().getBytes(UTF_8));
                await().until(() -> whatsAt(client).contains("UNKNOWN_ERROR"));
            }
        }
    }

    /** Who is at Google's address, and is not Google. */
    private enum Stranger {
        OF_AN_UNKNOWN_AUTHORITY,
        SELF_SIGNED,
        EXPIRED,
        OF_ANOTHER_HOST;

        SSLContext certifiedBy(TestAuthority authority) {
            return switch (this) {
                case OF_AN_UNKNOWN_AUTHORITY -> WebServer.at("127.0.0.1", TestAuthority.create());
                case SELF_SIGNED -> WebServer.of(TestAuthority.selfSignedAt("127.0.0.1"));
                case EXPIRED ->
                    WebServer.at("127.0.0.1", authority, Instant.now().minusSeconds(60));
                case OF_ANOTHER_HOST -> WebServer.at("127.0.0.2", authority);
            };
        }
    }

    /** @param port where it is on this machine */
    private void startedWithStranger(int port) throws IOException {
        mountKey("AIza-canary");
        mount("ca", "ca.crt", authority.pem().getBytes(UTF_8));
        // With so long a time-out that what is not refused at once fails the test.
        node.with("HERD_PLACES_CA_DIR", temp.resolve("ca").toString())
                .herdJson("{\"places\": {\"api\": \"New\", \"endpoint\": \"https://127.0.0.1:" + port
                        + "\", \"timeoutSeconds\": 300}}")
                .started();
    }

    private void assertRefusedAndAnswered() throws Exception {
        try (LineClient client = client()) {
            assertThat(whatsAt(client)).contains("UNKNOWN_ERROR");
        }
        assertThat(node.get("/metrics").body()).contains("serverherd_places_requests_total{outcome=\"transport\"} 1");
    }

    @ParameterizedTest
    @EnumSource
    void whoIsNotBelievedIsAskedNothingAndTheAtLineIsSent(Stranger stranger) throws Exception {
        try (RecordedGoogle recorded = new RecordedGoogle(stranger.certifiedBy(authority), OK)) {
            startedWithStranger(recorded.port());

            assertRefusedAndAnswered();

            assertThat(recorded.requests()).isEmpty();
        }
    }

    @Test
    void whoSpeaksTls11IsRefusedAndTheAtLineIsSent() throws Exception {
        try (HalfTls old = new HalfTls(2)) {
            startedWithStranger(old.port());

            assertRefusedAndAnswered();
        }
    }

    /** A Google that asks for the key is not taken for a proxy that asks for its password. */
    @ParameterizedTest
    @ValueSource(strings = {"new-ok", "new-unauthenticated"})
    void aProxyThatAsksForAPasswordIsGivenItAndNobodyElseIs(String name) throws Exception {
        RecordedExchange exchange = RecordedExchange.named(name);
        try (RecordedGoogle recorded = new RecordedGoogle(WebServer.at("192.0.2.1", authority), exchange);
                StandInProxy proxy = new StandInProxy(recorded.port(), "Proxy-Authorization: Basic bWU6Y2FuYXJ5")) {
            mountKey("AIza-canary");
            mount("ca", "ca.crt", authority.pem().getBytes(UTF_8));
            node.with("HERD_PLACES_CA_DIR", temp.resolve("ca").toString())
                    .with("HTTPS_PROXY", "http://me:canary@127.0.0.1:" + proxy.port())
                    .herdJson("{\"places\": {\"api\": \"New\", \"endpoint\": \"https://192.0.2.1\"}}")
                    .started();
            try (LineClient client = client()) {
                assertThat(whatsAt(client)).isEqualTo(exchange.reply().stripTrailing() + "\n");
            }
            assertThat(recorded.requests()).singleElement().asString().doesNotContain("Proxy-Auth");
            assertThat(node.stdout() + node.status() + node.get("/metrics").body())
                    .doesNotContain("canary", "bWU6Y2FuYXJ5");
        }
    }

    @Test
    void aRestartGivesNoFreshBudget() throws Exception {
        mountKey("key");
        // Tomorrow counts already, so midnight may come while this runs.
        LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(1);
        Path spent = Files.createDirectory(temp.resolve("data")).resolve("places-requests");
        Files.writeString(spent, day + " 0\n");
        node.with("HERD_DATA_DIR", temp.resolve("data").toString());
        startedWithGoogle(", \"maxRequestsPerDay\": 2");
        try (LineClient client = client()) {
            assertThat(whatsAt(client)).contains("\"OK\"");
        }
        await().untilAsserted(() -> assertThat(spent).hasContent(day + " 1"));
        node.kill();

        node.started();

        try (LineClient client = client()) {
            assertThat(whatsAt(client)).contains("\"OK\"");
            assertThat(whatsAt(client)).contains("\"OVER_QUERY_LIMIT\"");
            assertThat(node.status().path("placesBudgetSpent").booleanValue()).isTrue();
            assertThat(keys).hasSize(2);
        }
    }
}
