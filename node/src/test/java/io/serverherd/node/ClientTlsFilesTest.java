package io.serverherd.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.serverherd.node.tls.TestAuthority;
import io.serverherd.node.tls.TestLeaf;
import io.serverherd.node.tls.TrustingTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process with the folders of two Secrets, whose files come, change and go as in Kubernetes. */
class ClientTlsFilesTest {
    @TempDir
    private Path temp;

    private final TestAuthority servers = TestAuthority.create();
    private final TestAuthority clients = TestAuthority.create();
    private SecretMount certificate;
    private NodeRun node;

    @BeforeEach
    void start() throws Exception {
        certificate = new SecretMount(temp.resolve("client-tls"));
        node = new NodeRun(Files.createDirectory(temp.resolve("node")))
                .with("HERD_CLIENT_TLS_DIR", certificate.toString())
                .herdJson("{}");
    }

    @AfterEach
    void end() {
        node.close();
    }

    @Test
    void filesMayComeLateAndBeReplacedWhileClientsAreConnected() throws Exception {
        node.started();
        String problem =
                "tls.crt: missing in HERD_CLIENT_TLS_DIR; no client is let in until the files are there and right";
        assertThat(clientTls().path("problem").textValue()).isEqualTo(problem);
        assertThat(node.get("/readyz").statusCode()).isEqualTo(503);
        assertThat(node.get("/readyz").body()).isEqualTo("no TLS for clients: " + problem + "\n");
        try (LineClient plain = node.client()) {
            assertThat(plain.rest()).isEmpty();
        }
        node.awaitPrinted("client.refused client=127.0.0.1:\\d+ why=\"tls.crt: missing in");

        TestLeaf first = servers.leafOf("127.0.0.1");
        publish(first);
        await().until(() -> node.get("/readyz").statusCode() == 200);
        assertThat(clientTls().has("problem")).isFalse();
        assertThat(node.metric("serverherd_client_certificate_expiry_timestamp_seconds"))
                .isEqualTo(first.certificate().getNotAfter().getTime() / 1_000.0);

        try (LineClient old = client(null)) {
            assertThat(old.handshake()).isEqualTo(first.certificate());
            TestLeaf second = servers.leafOf("127.0.0.1");
            String before = clientTls().path("certificate").textValue();

            publish(second);
            await().until(() -> !clientTls().path("certificate").textValue().equals(before));

            try (LineClient client = client(null)) {
                assertThat(client.handshake()).isEqualTo(second.certificate());
            }
            assertThat(old.ask("x")).isEqualTo("? x");
            String said = node.stdout() + node.stderr() + node.status();
            for (TestLeaf leaf : new TestLeaf[] {first, second}) {
                assertThat(said).doesNotContain(leaf.keyPem().lines().toList().get(1));
            }
        }
    }

    @Test
    void theCasOfClientsAreFollowedToo() throws Exception {
        SecretMount ca = new SecretMount(temp.resolve("client-ca"));
        publish(servers.leafOf("127.0.0.1"));
        node.with("HERD_CLIENT_CA_DIR", ca.toString()).started();
        assertThat(node.get("/readyz").body())
                .startsWith("no TLS for clients: ca.crt: missing in HERD_CLIENT_CA_DIR; ");

        ca.publish(Map.of("ca.crt", clients.pem()));
        await().until(() -> node.get("/readyz").statusCode() == 200);
        try (LineClient known = client(clients.leaf("Ball"));
                LineClient stranger = client(null)) {
            assertThat(known.ask("x")).isEqualTo("? x");
            assertThatThrownBy(() -> stranger.ask("x")).isInstanceOf(IOException.class);

            ca.publish(Map.of());
            await().until(() -> node.get("/readyz").statusCode() == 503);
            assertThat(known.ask("x")).isEqualTo("? x");
        }
        node.awaitPrinted("client.refused client=127.0.0.1:\\d+ why=\"it shows no certificate\"");
    }

    @Test
    void aClientCanNotHaveOneHandshakeAfterTheOther() throws Exception {
        publish(servers.leafOf("127.0.0.1"));
        node.started();

        try (LineClient client = LineClient.overTls(TrustingTls.showing(null), address(), null, "TLSv1.2")) {
            client.handshake();
            assertThat(client.ask("x")).isEqualTo("? x");

            assertThatThrownBy(() -> {
                        client.handshake();
                        client.ask("y");
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void thereAreNoMoreClientsThanTheHeapHasRoomFor() throws Exception {
        publish(servers.leafOf("127.0.0.1"));
        // A quarter, at 20 KiB each: 409, or a few less, as Java does not count all of it.
        node.java("-Xmx32m").started();
        List<LineClient> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 450; i++) {
                silent.add(node.client());
            }

            assertThat(silent.get(449).rest()).isEmpty();
            assertThat(node.get("/metrics").body())
                    .containsPattern("serverherd_client_connections_total\\{result=\"refused\"} [1-9]");
        } finally {
            for (LineClient one : silent) {
                one.close();
            }
        }
    }

    private void publish(TestLeaf leaf) throws IOException {
        certificate.publish(Map.of("tls.crt", leaf.certificatePem(), "tls.key", leaf.keyPem()));
    }

    private LineClient client(TestLeaf shown) throws IOException {
        return LineClient.overTls(TrustingTls.showing(shown), address(), null);
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), node.clientPort());
    }

    private JsonNode clientTls() throws Exception {
        return node.status().path("clientTls");
    }
}
