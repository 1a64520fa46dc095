package io.serverherd.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.serverherd.local.LocalCluster;
import io.serverherd.local.kubelet.Images;
import io.serverherd.operator.HerdOperator;
import io.serverherd.operator.Herds;
import io.serverherd.operator.OperatorConfig;
import io.serverherd.operator.api.ClientTlsSpec;
import io.serverherd.operator.api.HerdCondition;
import io.serverherd.operator.api.IssuerRef;
import io.serverherd.operator.api.PeerTlsSpec;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.api.ServerHerdStatus;
import io.serverherd.operator.certmanager.Certificate;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator that may keep neither Secrets nor Certificates, until somebody lets it. */
class PeerTlsPermissionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path CERTIFICATES = Path.of("src/test/resources/cert-manager/certificates.yaml");

    @TempDir
    Path state;

    private volatile boolean granted;
    private LocalCluster cluster;
    private HerdOperator operator;

    @BeforeEach
    void start() throws Exception {
        cluster = LocalCluster.start(new LocalCluster.Options(
                state,
                LocalCluster.randomPodNetwork(),
                Images.none(),
                access -> granted || !Set.of("secrets", "certificates").contains(access.resource())));
        try (InputStream crd = Files.newInputStream(Path.of("../crds/serverherds.serverherd.io-v1.yml"))) {
            cluster.client().load(crd).create();
        }
        operator = new HerdOperator(
                OperatorConfig.from(Map.of("OPERATOR_HTTP_PORT", "0", "OPERATOR_HTTP_BIND", "127.0.0.1")),
                cluster.client());
        operator.start();
    }

    @AfterEach
    void stop() {
        operator.close();
        cluster.close();
    }

    @Test
    void aHerdThatNeedsSecretsIsStalledAndOthersAreServed() {
        apply(Herds.herd("plain", "A"), new PeerTlsSpec(PeerTlsSpec.DISABLED, null));
        apply(Herds.herd("secure", "A"), PeerTlsSpec.NOTHING_SAID);

        awaitStalled("secure", "PeerTlsNotPermitted");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(setsOf("plain")).hasSize(1));
        assertThat(setsOf("secure")).isEmpty();
        assertThat(status("secure").summary().state()).isEqualTo("Peer TLS not permitted");
        assertThat(status("plain").condition("Stalled")).isEmpty();

        granted = true;

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(setsOf("secure")).hasSize(1);
            assertThat(cluster.client().secrets().inNamespace("default").list().getItems())
                    .extracting((Secret secret) -> secret.getMetadata().getName())
                    .containsExactlyInAnyOrder("secure-peer-ca", "secure-a-peer-tls");
            assertThat(status("secure").condition("Stalled")).isEmpty();
        });
    }

    @Test
    void aHerdThatNeedsCertManagerSaysWhatIsMissing() throws Exception {
        PeerTlsSpec issued = new PeerTlsSpec(PeerTlsSpec.CERT_MANAGER, new IssuerRef("ca", null, null));
        apply(Herds.herd("issued", "A"), issued);
        awaitStalled("issued", "CertManagerMissing");
        assertThat(status("issued").summary().state()).isEqualTo("cert-manager is missing");

        try (InputStream certificates = Files.newInputStream(CERTIFICATES)) {
            cluster.client().load(certificates).create();
        }
        awaitStalled("issued", "PeerTlsNotPermitted");
        assertThat(setsOf("issued")).isEmpty();

        granted = true;

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(setsOf("issued")).hasSize(1);
            assertThat(cluster.client()
                            .resources(Certificate.class)
                            .inNamespace("default")
                            .list()
                            .getItems())
                    .extracting((Certificate certificate) ->
                            certificate.getMetadata().getName())
                    .containsExactly("issued-a-peer-cert");
            assertThat(status("issued").condition("Stalled")).isEmpty();
        });
        assertThat(cluster.client().secrets().inNamespace("default").list().getItems())
                .isEmpty();
    }

    @Test
    void aHerdWhoseCertificateForClientsMayNotBeAskedForSaysSo() throws Exception {
        try (InputStream certificates = Files.newInputStream(CERTIFICATES)) {
            cluster.client().load(certificates).create();
        }
        ServerHerd closed = Herds.with(
                Herds.herd("closed", "A"),
                "clientTls",
                new ClientTlsSpec(null, new IssuerRef("ca", null, null), null, null));
        apply(closed, new PeerTlsSpec(PeerTlsSpec.DISABLED, null));

        awaitStalled("closed", "ClientTlsNotPermitted");
        assertThat(setsOf("closed")).isEmpty();

        granted = true;

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(setsOf("closed")).hasSize(1);
            assertThat(status("closed").condition("Stalled")).isEmpty();
        });
    }

    private void awaitStalled(String herd, String reason) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(status(herd)).isNotNull().satisfies(status -> assertThat(
                                status.condition("Stalled"))
                        .map(HerdCondition::reason)
                        .contains(reason)));
    }

    private void apply(ServerHerd herd, PeerTlsSpec mode) {
        ServerHerd applied = new ServerHerd();
        applied.setMetadata(new ObjectMetaBuilder()
                .withNamespace("default")
                .withName(herd.getMetadata().getName())
                .build());
        applied.setSpec(Herds.with(herd, "peerTls", mode).getSpec());
        cluster.client().resource(applied).create();
    }

    private ServerHerdStatus status(String herd) {
        return cluster.client()
                .resources(ServerHerd.class)
                .inNamespace("default")
                .withName(herd)
                .get()
                .getStatus();
    }

    private List<?> setsOf(String herd) {
        return cluster.client()
                .apps()
                .statefulSets()
                .inNamespace("default")
                .withLabel("serverherd.io/herd", herd)
                .list()
                .getItems();
    }
}
