package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where cert-manager makes the certificate that clients are shown. */
@PlaysCertManager
class ClientCertificateIT {
    private static final HerdManifest PLAIN =
            HerdManifest.herd("closed").servers("A B").edges("A-B");
    private static final HerdManifest ISSUED = PLAIN.with(
            "clientTls", Map.of("issuerRef", Map.of("name", "company"), "dnsNames", List.of("herd.example.com")));
    private static final String REPORT = "kiwi +34.068930-118.445127 1479413884.392014450";

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    @Test
    void aHerdIsClosedByACertificateThatIsIssuedLaterAndOpenedAgain() throws Exception {
        try (CertManagerStandIn certManager = CertManagerStandIn.install(CLUSTER.client())) {
            HerdUnderTest herd = CLUSTER.apply(PLAIN).awaitReady();
            Map<String, String> processes = herd.processes();

            herd.apply(ISSUED);
            await().atMost(OperatedCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(herd.condition("ClientTlsUnavailable")
                                    .path("message")
                                    .asText())
                            .contains("Referenced \"Issuer\" not found: company"));
            assertThat(herd.condition("ClientTlsUnavailable").path("reason").asText())
                    .isEqualTo("ClientCertificateNotReady");
            assertThat(herd.server("A").says("IAMAT " + REPORT)).endsWith(REPORT + "\n");
            assertThat(herd.processes()).isEqualTo(processes);
            certManager.withIssuer("company");
            await().atMost(OperatedCluster.PATIENCE).until(() -> secret(herd) != null);
            herd.letKubeletsLook();

            herd.awaitReady();
            JsonNode asked = certManager.certificates(herd.namespace()).get("closed-client-tls");
            String service = "closed." + herd.namespace();
            assertThat(asked.at("/spec/dnsNames"))
                    .extracting(JsonNode::asText)
                    .containsExactlyElementsOf(Stream.of(
                                    "closed",
                                    service,
                                    service + ".svc",
                                    service + ".svc.cluster.local",
                                    "herd.example.com")
                            .toList());
            assertThat(herd.condition("ClientTlsUnavailable").isMissingNode()).isTrue();
            SSLContext client = TestCertificates.clientOf(new String(
                    Base64.getDecoder().decode(secret(herd).getData().get("ca.crt")), StandardCharsets.US_ASCII));
            assertThat(LineClient.ask(client, herd.server("A").address(), "IAMAT " + REPORT))
                    .endsWith(REPORT + "\n");

            herd.apply(PLAIN);
            herd.awaitReady();
            assertThat(certManager.certificates(herd.namespace())).isEmpty();
            assertThat(herd.server("A").says("IAMAT " + REPORT)).endsWith(REPORT + "\n");
        }
    }

    @Test
    void whereNobodyIssuesCertificatesTheHerdServesOnAsItWasAndSaysSo() throws IOException {
        HerdUnderTest herd = CLUSTER.apply(PLAIN).awaitReady();
        Map<String, String> processes = herd.processes();

        herd.apply(ISSUED);
        JsonNode stalled = herd.awaitCondition("Stalled", "True");

        assertThat(stalled.path("reason").asText()).isEqualTo("CertManagerMissing");
        assertThat(stalled.path("message").asText())
                .startsWith("spec.clientTls.issuerRef needs cert-manager")
                .endsWith("install cert-manager, or set secretRef instead");
        assertThat(herd.server("A").says("IAMAT " + REPORT)).endsWith(REPORT + "\n");
        assertThat(herd.processes()).isEqualTo(processes);

        herd.apply(PLAIN);
        herd.awaitReady();
        assertThat(herd.condition("Stalled").isMissingNode()).isTrue();
    }

    /** Null: there is none. */
    private static Secret secret(HerdUnderTest herd) {
        return CLUSTER.client()
                .secrets()
                .inNamespace(herd.namespace())
                .withName("closed-client-tls")
                .get();
    }
}
