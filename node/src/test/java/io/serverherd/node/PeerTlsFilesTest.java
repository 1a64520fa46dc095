package io.serverherd.node;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.serverherd.node.tls.TestAuthority;
import io.serverherd.node.tls.TestLeaf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes with a Secret's folder each, whose files come, change and break as in Kubernetes. */
class PeerTlsFilesTest {
    @TempDir
    private Path temp;

    private final TestAuthority authority = TestAuthority.create();
    private SecretMount alfords;
    private SecretMount balls;
    private NodeRun alford;
    private NodeRun ball;

    @BeforeEach
    void start() throws Exception {
        alfords = new SecretMount(temp.resolve("tls-alford"));
        balls = new SecretMount(temp.resolve("tls-ball"));
        alford = new NodeRun(Files.createDirectory(temp.resolve("alford"))).with("HERD_TLS_DIR", alfords.toString());
        ball = new NodeRun(Files.createDirectory(temp.resolve("ball")))
                .with("HERD_SERVER", "Ball")
                .with("HERD_TLS_DIR", balls.toString());
        alford.herdJson(neighbour("Ball", ball)).started();
        ball.herdJson(neighbour("Alford", alford)).started();
    }

    @AfterEach
    void end() {
        alford.close();
        ball.close();
    }

    @Test
    void filesMayComeLateBeReplacedBreakAndBeMendedWhileLinksStand() throws Exception {
        assertThat(alford.status().path("peerTls").isObject()).isTrue();
        assertThat(alford.status().path("peerTls")).isEmpty();
        assertThat(alford.status().path("peers").path(0).path("tls").booleanValue())
                .isFalse();

        TestLeaf first = authority.leaf("Alford");
        publish(balls, authority.leaf("Ball"), authority.pem());
        publish(alfords, first, authority.pem());
        await().atMost(20, TimeUnit.SECONDS).until(() -> peer().path("tls").booleanValue());
        assertThat(alford.status().path("peerTls").path("trust").textValue()).isEqualTo(sha256(authority.pem()));
        assertThat(certificate()).isEqualTo(sha256(first.certificatePem()));
        assertThat(alford.status().path("peerTls").has("problem")).isFalse();
        assertThat(alford.metric("serverherd_peer_certificate_expiry_timestamp_seconds"))
                .isEqualTo(first.certificate().getNotAfter().getTime() / 1_000.0);
        String since = peer().path("since").textValue();

        TestLeaf second = authority.leaf("Alford");
        publish(alfords, second, authority.pem() + TestAuthority.create().pem());
        await().until(() -> certificate().equals(sha256(second.certificatePem())));

        publish(alfords, new TestLeaf(authority.leaf("Alford").certificate(), second.key()), authority.pem());
        await().until(() -> alford.status().path("peerTls").has("problem"));
        assertThat(problem()).startsWith("tls.key: is not the key of the certificate in tls.crt; keeping");
        assertThat(certificate()).isEqualTo(sha256(second.certificatePem()));
        assertThat(alford.metric("serverherd_peer_credentials_error")).isEqualTo(1);

        TestLeaf third = authority.leaf("Alford");
        publish(alfords, third, authority.pem());
        await().until(() -> certificate().equals(sha256(third.certificatePem())));
        assertThat(alford.status().path("peerTls").has("problem")).isFalse();
        assertThat(peer().path("since").textValue()).isEqualTo(since);

        List<TestLeaf> leaves = List.of(first, second, third);
        String said = alford.stdout()
                + alford.stderr()
                + alford.logFile()
                + alford.status()
                + alford.get("/metrics").body();
        for (TestLeaf leaf : leaves) {
            leaf.keyPem().lines().filter(line -> !line.startsWith("-----")).forEach(line -> assertThat(said)
                    .doesNotContain(line.substring(0, Math.min(line.length(), 20))));
        }
    }

    private JsonNode peer() throws Exception {
        return alford.status().path("peers").path(0);
    }

    private String certificate() throws Exception {
        return alford.status().path("peerTls").path("certificate").textValue();
    }

    private String problem() throws Exception {
        return alford.status().path("peerTls").path("problem").textValue();
    }

    private void publish(SecretMount mount, TestLeaf leaf, String authorities) throws IOException {
        mount.publish(Map.of("tls.crt", leaf.certificatePem(), "tls.key", leaf.keyPem(), "ca.crt", authorities));
    }

    private static String neighbour(String name, NodeRun node) {
        return "{\"neighbours\": [{\"server\": \"%s\", \"address\": \"127.0.0.1:%d\"}]}"
                .formatted(name, node.peerPort());
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII)));
    }
}
