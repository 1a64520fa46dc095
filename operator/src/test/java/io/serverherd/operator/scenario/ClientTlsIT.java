package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.serverherd.operator.pki.ServerCertificate;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A herd whose client port is closed to strangers, by Secrets that come, change and lack. */
class ClientTlsIT {
    private static final HerdManifest PLAIN =
            HerdManifest.herd("closed").servers("A B").edges("A-B");
    private static final HerdManifest CLOSED =
            PLAIN.with("clientTls", Map.of("secretRef", Map.of("name", "for-clients")));
    private static final HerdManifest KNOWN = PLAIN.with(
            "clientTls",
            Map.of("secretRef", Map.of("name", "for-clients"), "clientCaSecretRef", Map.of("name", "known-clients")));
    private static final String REPORT = "kiwi +34.068930-118.445127 1479413884.392014450";

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    private final TestCertificates authority = new TestCertificates();

    @Test
    void aHerdLetsNobodyInUntilItsCertificateIsThereAndThenWhoSpeaksTls() throws IOException {
        HerdUnderTest herd = CLUSTER.apply(CLOSED);

        JsonNode missing = herd.awaitCondition("ClientTlsUnavailable", "True");
        await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> assertThat(
                        herd.condition("ClientTlsUnavailable").path("message").asText())
                .isEqualTo("Secret \"for-clients\" has no certificate for clients on A, B: kubectl -n "
                        + herd.namespace() + " create secret tls for-clients --cert=tls.crt --key=tls.key"));
        assertThat(missing.path("reason").asText()).isEqualTo("ClientCertificateMissing");
        assertThat(herd.condition("Ready").path("status").asText()).isEqualTo("False");
        Map<String, String> processes = herd.processes();
        write(herd, TestCertificates.secret("for-clients", authority.issue("closed")));

        herd.awaitReady();
        assertThat(herd.condition("ClientTlsUnavailable").isMissingNode()).isTrue();
        assertThat(herd.processes()).isEqualTo(processes);
        String reply = LineClient.ask(authority.client(), herd.server("A").address(), "IAMAT " + REPORT);
        assertThat(reply).startsWith("AT A ").endsWith(REPORT + "\n");
        await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> assertThat(
                        LineClient.ask(authority.client(), herd.server("B").address(), "WHATSAT kiwi 10 1"))
                .startsWith(reply));
        try (LineClient plain = new LineClient(herd.server("A").address())) {
            assertShutOut(plain);
        }
    }

    @Test
    void aNewCertificateIsShownToNewClientsAndNobodyIsDropped() throws Exception {
        HerdUnderTest herd = CLUSTER.apply(CLOSED);
        write(herd, TestCertificates.secret("for-clients", authority.issue("closed")));
        herd.awaitReady();
        Map<String, String> processes = herd.processes();
        Set<String> before = certificates(herd);

        try (Traffic traffic = Traffic.start(
                "kiwi", new LineClient(authority.client(), herd.server("A").address()))) {
            ServerCertificate next = authority.issue("closed");
            write(herd, TestCertificates.secret("for-clients", next));
            await().atMost(OperatedCluster.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(certificates(herd)).hasSize(1).doesNotContainAnyElementsOf(before));

            try (LineClient client =
                    new LineClient(authority.client(), herd.server("B").address())) {
                assertThat(client.serverCertificate()).isEqualTo(TestCertificates.certificate(next.certificate()));
            }
            traffic.awaitMore();
            traffic.stop();
        }
        assertThat(herd.processes()).isEqualTo(processes);
        assertThat(herd.condition("ClientTlsUnavailable").isMissingNode()).isTrue();
    }

    @Test
    void aHerdThatWasOpenIsClosedToAllButKnownClients() throws IOException {
        HerdUnderTest herd = CLUSTER.apply(PLAIN).awaitReady();
        ServerCertificate known = authority.issue("phone");
        write(herd, TestCertificates.secret("for-clients", authority.issue("closed")));

        herd.apply(KNOWN);
        JsonNode missing = herd.awaitCondition("ClientTlsUnavailable", "True");
        assertThat(missing.path("reason").asText()).isEqualTo("ClientCaMissing");
        assertThat(missing.path("message").asText())
                .contains("which lets no client in: kubectl -n " + herd.namespace()
                        + " create secret generic known-clients --from-file=ca.crt=ca.crt");
        write(herd, authority.trust("known-clients"));

        herd.awaitReady();
        SSLContext client = authority.client(known);
        assertThat(LineClient.ask(client, herd.server("A").address(), "IAMAT " + REPORT))
                .endsWith(REPORT + "\n");
        ServerCertificate others = new TestCertificates().issue("phone");
        for (SSLContext stranger : new SSLContext[] {authority.client(), authority.client(others)}) {
            try (LineClient refused = new LineClient(stranger, herd.server("A").address())) {
                assertShutOut(refused);
            }
        }
    }

    private static void assertShutOut(LineClient client) {
        assertThatThrownBy(() -> {
                    client.send("IAMAT " + REPORT);
                    client.readLine();
                })
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("timed out");
    }

    /** Hashes of what the servers show to clients. */
    private static Set<String> certificates(HerdUnderTest herd) throws IOException {
        Set<String> certificates = new TreeSet<>();
        for (ServerUnderTest server : herd.servers()) {
            certificates.add(
                    server.status().path("clientTls").path("certificate").asText());
        }
        return certificates;
    }

    private static void write(HerdUnderTest herd, Secret secret) {
        CLUSTER.client()
                .secrets()
                .inNamespace(herd.namespace())
                .resource(secret)
                .createOr(there -> there.update());
        herd.letKubeletsLook();
    }
}
