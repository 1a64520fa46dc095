package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where cert-manager makes the certificates, the operator asks for them and touches no Secret. */
@PlaysCertManager
class CertManagerIT {

    private static final HerdManifest MANAGED =
            HerdManifest.herd("triangle").servers("A B C").edges("A-B B-C A-C");
    private static final HerdManifest PLAIN = MANAGED.with("peerTls", Map.of("mode", "Disabled"));
    private static final HerdManifest ISSUED = issuedBy("herd-ca");

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    @Test
    void aHerdBeginsWithCertificatesOfCertManager() throws Exception {
        try (CertManagerStandIn certManager = certManager()) {
            HerdUnderTest herd = CLUSTER.apply(ISSUED).awaitReady();

            assertThat(links(herd).encrypted()).containsExactly("A>B", "A>C", "B>A", "B>C", "C>A", "C>B");
            assertThat(links(herd).secrets())
                    .containsOnlyKeys("triangle-a-peer-cert", "triangle-b-peer-cert", "triangle-c-peer-cert");
            JsonNode asked = certManager.certificates(herd.namespace()).get("triangle-a-peer-cert");
            assertThat(asked.at("/spec/uris"))
                    .extracting(JsonNode::asText)
                    .containsExactly("spiffe://cluster.local/ns/" + herd.namespace() + "/herd/triangle/server/A");
            assertThat(asked.at("/spec/dnsNames"))
                    .extracting(JsonNode::asText)
                    .containsExactly("triangle-a-0.triangle-peers." + herd.namespace() + ".svc");
            assertThat(herd.condition("PeerCertificatesUnavailable").isMissingNode())
                    .isTrue();
            herd.awaitQuiet();
        }
    }

    @Test
    void aHerdGoesThroughAllModesUnderTraffic() throws Exception {
        try (CertManagerStandIn certManager = certManager()) {
            HerdUnderTest herd = CLUSTER.apply(MANAGED).awaitReady();
            Map<String, String> processes = herd.processes();

            try (Traffic traffic = Traffic.start("kiwi", herd.server("A").address())) {
                Map<String, String> standing = herd.links();
                herd.apply(ISSUED);
                awaitIssued(herd);
                traffic.awaitMore();
                assertThat(herd.links()).isEqualTo(standing);

                herd.apply(PLAIN);
                herd.awaitReady();
                assertThat(links(herd).encrypted()).isEmpty();
                await().atMost(OperatedCluster.PATIENCE)
                        .untilAsserted(() -> assertThat(certManager.certificates(herd.namespace()))
                                .isEmpty());
                traffic.awaitMore();

                herd.apply(ISSUED);
                herd.awaitReady();
                awaitIssued(herd);
                traffic.awaitMore();

                standing = herd.links();
                herd.apply(MANAGED);
                awaitManaged(herd, certManager);
                traffic.awaitMore();
                assertThat(herd.links()).isEqualTo(standing);

                herd.awaitEverywhere("kiwi", traffic.stop());
            }
            assertThat(herd.processes()).isEqualTo(processes);
        }
    }

    @Test
    void aRenewedCertificateIsTakenAndNoLinkIsClosed() throws Exception {
        try (CertManagerStandIn certManager = certManager()) {
            HerdUnderTest herd = CLUSTER.apply(ISSUED).awaitReady();
            Map<String, String> standing = herd.links();
            Map<String, String> before = links(herd).certificates();

            certManager.renew();

            await().atMost(OperatedCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(links(herd).certificates())
                            .doesNotContainEntry("A", before.get("A"))
                            .doesNotContainEntry("B", before.get("B"))
                            .doesNotContainEntry("C", before.get("C")));
            awaitIssued(herd);
            assertThat(herd.links()).isEqualTo(standing);
            // Who connects from now on shows the new ones.
            herd.apply(ISSUED.edges("B-C A-C"));
            herd.awaitReady();
            herd.apply(ISSUED);
            herd.awaitReady();
            assertThat(links(herd).encrypted()).hasSize(6);
        }
    }

    @Test
    void anIssuerThatIsNotThereIsSaidAndWaitedFor() throws Exception {
        try (CertManagerStandIn certManager = certManager()) {
            HerdUnderTest herd = CLUSTER.apply(MANAGED).awaitReady();
            Map<String, String> own = links(herd).certificates();

            herd.apply(issuedBy("late-ca"));

            JsonNode says = herd.awaitCondition("PeerCertificatesUnavailable", "True");
            assertThat(says.path("reason").asText()).isEqualTo("CertificatesNotReady");
            await().atMost(OperatedCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(herd.condition("PeerCertificatesUnavailable")
                                    .path("message")
                                    .asText())
                            .contains("triangle-a-peer-cert", "Referenced \"Issuer\" not found: late-ca"));
            // Until there are others the operator's serve.
            assertThat(links(herd).certificates()).isEqualTo(own);
            assertThat(herd.condition("Ready").path("status").asText()).isEqualTo("True");
            assertThat(links(herd).encrypted()).hasSize(6);

            certManager.withIssuer("late-ca");

            awaitIssued(herd);
            await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> assertThat(
                            herd.condition("PeerCertificatesUnavailable").isMissingNode())
                    .isTrue());
        }
    }

    @Test
    void certificatesThatServersCanNotUseAreSaid() throws Exception {
        try (CertManagerStandIn certManager = certManager().withIssuerThatKeepsItsCa("public")) {
            HerdUnderTest herd = CLUSTER.apply(PLAIN).awaitReady();

            herd.apply(issuedBy("public"));

            JsonNode says = herd.awaitCondition("PeerCertificatesUnavailable", "True");
            await().atMost(OperatedCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(herd.condition("PeerCertificatesUnavailable")
                                    .path("message")
                                    .asText())
                            .contains("ca.crt"));
            assertThat(says.path("type").asText()).isEqualTo("PeerCertificatesUnavailable");
            assertThat(links(herd).encrypted()).isEmpty();
            assertThat(herd.read().at("/status/summary/edges").asText()).isEqualTo("3/3");

            herd.apply(ISSUED);
            herd.awaitReady();
            awaitIssued(herd);
            assertThat(certManager.certificates(herd.namespace())).hasSize(3);
        }
    }

    @Test
    void aClusterWithoutCertManagerIsSaidAndItsComingIsEnough() throws Exception {
        HerdUnderTest plain = CLUSTER.apply(PLAIN).awaitReady();

        plain.apply(ISSUED);
        assertThat(plain.awaitCondition("Stalled", "True").path("reason").asText())
                .isEqualTo("CertManagerMissing");
        assertThat(plain.read().at("/status/summary/state").asText()).isEqualTo("cert-manager is missing");
        assertThat(plain.read().at("/status/summary/edges").asText()).isEqualTo("3/3");
        // Others are served.
        CLUSTER.apply(MANAGED).awaitReady();

        try (CertManagerStandIn certManager = certManager()) {
            plain.awaitReady();
            awaitIssued(plain);
            assertThat(certManager.certificates(plain.namespace())).hasSize(3);
        }

        // Gone again: what there is serves on, and the operator is as well as before.
        CLUSTER.apply(MANAGED).awaitReady();
        assertThat(links(plain).encrypted()).hasSize(6);
        plain.apply(ISSUED.edges("A-B B-C"));
        assertThat(plain.awaitCondition("Stalled", "True").path("reason").asText())
                .isEqualTo("CertManagerMissing");
        CLUSTER.operator().awaitReady();

        try (CertManagerStandIn certManager = certManager()) {
            plain.awaitReady();
            awaitIssued(plain);
            assertThat(certManager.certificates(plain.namespace())).hasSize(3);
        }
    }

    private static CertManagerStandIn certManager() throws Exception {
        return CertManagerStandIn.install(CLUSTER.client()).withIssuer("herd-ca");
    }

    private static HerdManifest issuedBy(String issuer) {
        return MANAGED.with("peerTls", Map.of("mode", "CertManager", "issuerRef", Map.of("name", issuer)));
    }

    /** Until every server has what is in cert-manager's Secret, and there is no other. */
    private static void awaitIssued(HerdUnderTest herd) {
        await().atMost(OperatedCluster.PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> {
                    assertThat(links(herd).certificates())
                            .hasSize(3)
                            .isEqualTo(links(herd).certificatesInSecrets("-peer-cert"));
                    assertThat(links(herd).secrets().keySet()).allMatch(name -> name.endsWith("-peer-cert"));
                });
    }

    /** Until every server has what the operator made, and cert-manager is asked for nothing. */
    private static void awaitManaged(HerdUnderTest herd, CertManagerStandIn certManager) {
        await().atMost(OperatedCluster.PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> {
                    assertThat(links(herd).certificates())
                            .hasSize(3)
                            .isEqualTo(links(herd).certificatesInSecrets("-peer-tls"));
                    assertThat(certManager.certificates(herd.namespace())).isEmpty();
                });
    }

    private static LinkState links(HerdUnderTest herd) {
        return new LinkState(CLUSTER.client(), herd);
    }
}
