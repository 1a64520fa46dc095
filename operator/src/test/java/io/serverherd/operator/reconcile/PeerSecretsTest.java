package io.serverherd.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.serverherd.local.LocalCluster;
import io.serverherd.local.kubelet.Images;
import io.serverherd.operator.HerdOperator;
import io.serverherd.operator.Herds;
import io.serverherd.operator.OperatorConfig;
import io.serverherd.operator.api.ClientTlsSpec;
import io.serverherd.operator.api.HerdCondition;
import io.serverherd.operator.api.IssuerRef;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.api.ServerHerdStatus;
import io.serverherd.operator.desired.PeerMember;
import io.serverherd.operator.desired.PeerSecret;
import io.serverherd.operator.pki.Authorities;
import io.serverherd.operator.pki.MadeAuthority;
import io.serverherd.operator.pki.ServerCertificate;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Secrets of a herd of two servers, which no image can be had for, where something is amiss with them or around them. */
class PeerSecretsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String AUTHORITY = "h-peer-ca";
    private static final ServerHerd HERD = Herds.herd("h", "A-B");
    /** Refused, for there is no cert-manager. */
    private static final ServerHerd REFUSED =
            Herds.with(HERD, "clientTls", new ClientTlsSpec(null, new IssuerRef("issuer", null, null), null, null));

    @TempDir
    private static Path state;

    private static LocalCluster cluster;

    private ApiTap tap;
    private KubernetesClient operatorsClient;
    private HerdOperator operator;

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = LocalCluster.start(new LocalCluster.Options(state, LocalCluster.randomPodNetwork(), Images.none()));
        try (InputStream crd = Files.newInputStream(Path.of("../crds/serverherds.serverherd.io-v1.yml"))) {
            cluster.client().load(crd).create();
        }
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @BeforeEach
    void startOperatorOfAHerd() throws Exception {
        tap = new ApiTap();
        operatorsClient = tap.client(cluster.apiUrl());
        operator = start();
        apply(HERD);
        awaitState("2 servers: ImagePullBackOff");
    }

    @AfterEach
    void stopOperator() {
        operator.close();
        operatorsClient.close();
        tap.close();
        cluster.client().resources(ServerHerd.class).inNamespace("default").delete();
        await().atMost(PATIENCE).until(() -> cluster.client()
                .secrets()
                .inNamespace("default")
                .list()
                .getItems()
                .isEmpty());
    }

    @Test
    void anAuthorityWhoseLabelIsTakenOffIsKeptAndGivenItsLabelBack() {
        Map<String, String> authority = files(AUTHORITY);
        Map<String, String> leaf = files("h-a-peer-tls");

        cluster.client().secrets().inNamespace("default").withName(AUTHORITY).edit(secret -> {
            secret.getMetadata().getLabels().remove("app.kubernetes.io/managed-by");
            return secret;
        });

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(secret(AUTHORITY).getMetadata().getLabels())
                        .containsEntry("app.kubernetes.io/managed-by", "serverherd-operator"));
        assertThat(files(AUTHORITY)).isEqualTo(authority);
        assertThat(files("h-a-peer-tls")).isEqualTo(leaf);
    }

    /** As a leader whose cache lags sees another leader's work: too late. */
    @Test
    void anAuthorityIsNotWrittenOverANewerOne() throws Exception {
        Authorities newer = MadeAuthority.ago(Duration.ofDays(1));
        operator.close();
        write(MadeAuthority.ago(Duration.ofDays(300)), Instant.now());
        tap.beforeNext("/secrets/" + AUTHORITY, () -> write(AUTHORITY, newer.data()));
        tap.writes().clear();

        operator = start();

        await().atMost(PATIENCE).until(() -> tap.writes().stream().anyMatch(write -> write.endsWith(AUTHORITY)));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(files("h-a-peer-tls")).containsEntry("ca.crt", newer.trust()));
        assertThat(files(AUTHORITY)).isEqualTo(newer.data());
    }

    @Test
    void whatAHerdThatIsRefusedServesWithIsRenewed() throws Exception {
        Authorities authority = MadeAuthority.ago(Duration.ofDays(100));
        operator.close();
        write(authority, Instant.now());
        Map<String, String> good = files("h-a-peer-tls");
        Map<String, String> due =
                leaf("B", authority, Instant.now().minus(Duration.ofDays(25))).data();
        write("h-b-peer-tls", due);
        apply(REFUSED);
        tap.writes().clear();

        operator = start();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(files("h-b-peer-tls")).isNotEqualTo(due));
        awaitState("cert-manager is missing");
        assertThat(tap.objectWrites()).containsExactly("PATCH /api/v1/namespaces/default/secrets/h-b-peer-tls");
        assertThat(files("h-a-peer-tls")).isEqualTo(good);
        assertThat(files("h-b-peer-tls")).containsEntry("ca.crt", authority.trust());
    }

    /** What is worse than a herd that is refused is one that changes meanwhile. */
    @Test
    void aHerdThatIsRefusedGetsNoOtherAuthorityNorMoreCertificates() throws Exception {
        operator.close();
        write(MadeAuthority.ago(Duration.ofDays(300)), Instant.now());
        cluster.client().resource(secret("h-b-peer-tls")).delete();
        apply(REFUSED);
        tap.writes().clear();

        operator = start();

        awaitState("cert-manager is missing");
        assertThat(tap.objectWrites()).isEmpty();
    }

    @Test
    void aPausedHerdsCertificatesWaitToBeRenewed() throws Exception {
        Authorities authority = MadeAuthority.ago(Duration.ofDays(100));
        operator.close();
        write(authority, Instant.now().minus(Duration.ofDays(25)));
        apply(Herds.with(HERD, "paused", true));

        operator = start();

        awaitState("Paused, changes wait");
        assertThat(status().condition("Paused"))
                .map(HerdCondition::message)
                .hasValueSatisfying(message -> assertThat(message).contains("Secret h-a-peer-tls"));
    }

    @Test
    void certificatesOfAnAuthorityThatCannotBeReplacedAreLeftAlone() throws Exception {
        operator.close();
        write(MadeAuthority.ago(Duration.ofDays(400)), Instant.now().minus(Duration.ofDays(400)));
        Map<String, String> leaf = files("h-a-peer-tls");
        tap.refuse("/secrets/" + AUTHORITY, 403, Integer.MAX_VALUE);
        tap.writes().clear();

        operator = start();

        await().atMost(PATIENCE)
                .until(() -> tap.writes().stream()
                                .filter(write -> write.endsWith(AUTHORITY))
                                .count()
                        > 4);
        // Once, for the test has written it in the operator's place; and not in each pass.
        assertThat(tap.objectWrites())
                .filteredOn(write -> !write.endsWith(AUTHORITY))
                .doesNotHaveDuplicates();
        assertThat(files("h-a-peer-tls")).isEqualTo(leaf);
        tap.refuseNothing();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(files("h-a-peer-tls")).isNotEqualTo(leaf));
    }

    /** As if the herd had had this one all along. */
    private static void write(Authorities authority, Instant issued) {
        write(AUTHORITY, authority.data());
        write("h-a-peer-tls", leaf("A", authority, issued).data());
        write("h-b-peer-tls", leaf("B", authority, issued).data());
    }

    private static ServerCertificate leaf(String server, Authorities authority, Instant issued) {
        PeerMember member =
                PeerMember.of(HERD, List.of(server), "cluster.local").get(0);
        return ServerCertificate.keptOrIssued(Map.of(), member.identity(), authority, issued);
    }

    private static void write(String name, Map<String, String> files) {
        cluster.client().secrets().inNamespace("default").withName(name).edit(secret -> {
            secret.getData().clear();
            secret.setStringData(files);
            return secret;
        });
    }

    private static Map<String, String> files(String name) {
        return PeerSecret.files(secret(name));
    }

    private static Secret secret(String name) {
        return cluster.client().secrets().inNamespace("default").withName(name).get();
    }

    private HerdOperator start() throws Exception {
        HerdOperator started = new HerdOperator(
                OperatorConfig.from(Map.of("OPERATOR_HTTP_PORT", "0", "OPERATOR_HTTP_BIND", "127.0.0.1")),
                operatorsClient);
        started.start();
        return started;
    }

    private static void apply(ServerHerd herd) {
        ServerHerd applied = new ServerHerd();
        applied.setMetadata(new ObjectMetaBuilder()
                .withNamespace("default")
                .withName(herd.getMetadata().getName())
                .build());
        applied.setSpec(herd.getSpec());
        cluster.client().resource(applied).fieldManager("test").forceConflicts().serverSideApply();
    }

    private static void awaitState(String state) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(Optional.ofNullable(status()))
                .map(ServerHerdStatus::summary)
                .map(summary -> summary.state())
                .contains(state));
    }

    private static ServerHerdStatus status() {
        return cluster.client()
                .resources(ServerHerd.class)
                .inNamespace("default")
                .withName("h")
                .get()
                .getStatus();
    }
}
