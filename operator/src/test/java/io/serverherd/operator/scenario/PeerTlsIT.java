package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.serverherd.operator.desired.PeerSecret;
import io.serverherd.operator.pki.Authorities;
import io.serverherd.operator.pki.MadeAuthority;
import io.serverherd.operator.pki.ServerCertificate;
import io.serverherd.operator.pki.ServerIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers know their neighbours by certificates that the operator makes, and nobody restarts when these change. */
@AloneOnARealCluster
class PeerTlsIT {

    private static final HerdManifest TRIANGLE =
            HerdManifest.herd("triangle").servers("A B C").edges("A-B B-C A-C");
    private static final HerdManifest PLAIN = TRIANGLE.with("peerTls", Map.of("mode", "Disabled"));

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    @Test
    void everyLinkIsEncryptedUnlessTheHerdSaysOtherwise() throws IOException {
        HerdUnderTest herd = CLUSTER.apply(TRIANGLE).awaitReady();

        assertThat(links(herd).encrypted()).containsExactly("A>B", "A>C", "B>A", "B>C", "C>A", "C>B");
        assertThat(links(herd).secrets())
                .containsOnlyKeys(
                        "triangle-peer-ca", "triangle-a-peer-tls", "triangle-b-peer-tls", "triangle-c-peer-tls");
        assertThat(links(herd).secrets().get("triangle-a-peer-tls").getType()).isEqualTo("kubernetes.io/tls");
        assertThat(secretsThatPodsMount(herd))
                .containsExactly(
                        "triangle-a-peer-cert",
                        "triangle-a-peer-tls",
                        "triangle-b-peer-cert",
                        "triangle-b-peer-tls",
                        "triangle-c-peer-cert",
                        "triangle-c-peer-tls");
    }

    @Test
    void aHerdGoesFromOneModeToTheOtherAndBackUnderTraffic() throws IOException {
        HerdUnderTest herd = CLUSTER.apply(PLAIN).awaitReady();
        assertThat(links(herd).encrypted()).isEmpty();
        assertThat(links(herd).secrets()).isEmpty();
        Map<String, String> processes = herd.processes();

        try (Traffic traffic = Traffic.start("kiwi", herd.server("A").address())) {
            herd.apply(TRIANGLE);
            herd.awaitReady();
            assertThat(links(herd).encrypted()).hasSize(6);
            traffic.awaitMore();

            herd.apply(PLAIN);
            herd.awaitReady();
            assertThat(links(herd).encrypted()).isEmpty();
            traffic.awaitMore();
            await().atMost(OperatedCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(links(herd).secrets()).isEmpty());

            // Servers still have certificates of the authority that is gone; these are not what they are given now.
            herd.apply(TRIANGLE);
            herd.awaitReady();
            assertThat(links(herd).encrypted()).hasSize(6);
            traffic.awaitMore();

            herd.awaitEverywhere("kiwi", traffic.stop());
        }
        assertThat(herd.processes()).isEqualTo(processes);
        for (ServerUnderTest server : herd.servers()) {
            assertThat(server.metrics().lines())
                    .as("peers that %s has refused", server.name())
                    .anyMatch(line -> line.startsWith("serverherd_peer_refused_total"))
                    .noneMatch(line -> line.matches("serverherd_peer_refused_total\\{reason=\"untrusted\"} .*[1-9].*"));
        }
    }

    @Test
    void aCertificateThatHasNoPlaceToBeStoredIsHandedToNobody() {
        String namespace = CLUSTER.newNamespace();
        CLUSTER.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("triangle-a-peer-tls")
                        .endMetadata()
                        .addToStringData("whose", "mine")
                        .build())
                .create();

        HerdUnderTest herd = CLUSTER.apply(namespace, TRIANGLE);

        await().atMost(OperatedCluster.PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> {
                    assertThat(herd.condition("NameConflict").path("message").asText())
                            .contains("Secret triangle-a-peer-tls");
                    assertThat(links(herd).encrypted()).containsExactly("B>C", "C>B");
                });
        // It tries again every 5 s.
        AtomicReference<List<String>> seen = new AtomicReference<>(List.of());
        await().during(Duration.ofSeconds(11)).atMost(OperatedCluster.PATIENCE).until(() -> {
            List<String> now = herd.pods().stream()
                    .map(pod -> pod.getMetadata().getAnnotations().toString())
                    .toList();
            return now.equals(seen.getAndSet(now));
        });
    }

    @Test
    void aCertificateThatIsGoneOrDamagedIsMadeAnewAndNoLinkIsClosed() throws IOException {
        HerdUnderTest herd = CLUSTER.apply(TRIANGLE).awaitReady();
        Map<String, String> links = herd.links();
        Map<String, String> certificates = links(herd).certificates();

        CLUSTER.client()
                .resource(links(herd).secrets().get("triangle-a-peer-tls"))
                .delete();
        write(herd, "triangle-b-peer-tls", Map.of("tls.crt", "damaged"));

        await().atMost(OperatedCluster.PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                        links(herd).certificates())
                .doesNotContainEntry("A", certificates.get("A"))
                .doesNotContainEntry("B", certificates.get("B"))
                .containsEntry("C", certificates.get("C"))
                .isEqualTo(links(herd).certificatesInSecrets("-peer-tls")));
        assertThat(herd.links()).isEqualTo(links);
        // Who connects from now on shows the new ones.
        herd.apply(TRIANGLE.edges("B-C A-C"));
        herd.awaitReady();
        herd.apply(TRIANGLE);
        herd.awaitReady();
        assertThat(links(herd).encrypted()).hasSize(6);
    }

    @Test
    void oneAuthorityTakesOverFromAnotherUnderTraffic() throws Exception {
        HerdUnderTest herd = CLUSTER.apply(TRIANGLE).awaitReady();
        Map<String, String> processes = herd.processes();
        Map<String, String> links = herd.links();
        CLUSTER.operator().stop();
        Authorities old = MadeAuthority.ago(Duration.ofDays(300));
        replaceAuthority(herd, old, Instant.now());

        try (Traffic traffic = Traffic.start("kiwi", herd.server("A").address())) {
            CLUSTER.startOperator();
            await().atMost(OperatedCluster.PATIENCE).ignoreExceptions().untilAsserted(() -> {
                assertThat(authority(herd)).containsOnlyKeys("ca.crt", "ca.key");
                assertThat(authority(herd).get("ca.crt"))
                        .isNotEqualTo(old.data().get("ca.crt"));
                assertThat(links(herd).certificates()).isEqualTo(links(herd).certificatesInSecrets("-peer-tls"));
            });
            traffic.awaitMore();
            herd.awaitEverywhere("kiwi", traffic.stop());
        }
        herd.awaitReady();
        assertThat(herd.processes()).isEqualTo(processes);
        assertThat(herd.links()).isEqualTo(links);
        assertThat(reasons(herd)).contains("PeerAuthorityChanging", "PeerAuthorityChanged");
    }

    @Test
    void anAuthorityThatHasExpiredIsReplacedWhenTheOperatorStarts() throws Exception {
        HerdUnderTest herd = CLUSTER.apply(TRIANGLE).awaitReady();
        Map<String, String> processes = herd.processes();
        CLUSTER.operator().stop();
        Instant longAgo = Instant.now().minus(Duration.ofDays(400));
        replaceAuthority(herd, MadeAuthority.ago(Duration.ofDays(400)), longAgo);

        CLUSTER.startOperator();

        await().atMost(OperatedCluster.PATIENCE)
                .untilAsserted(() -> assertThat(reasons(herd)).contains("PeerAuthorityExpired"));
        await().atMost(OperatedCluster.PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                        links(herd).certificates())
                .isEqualTo(links(herd).certificatesInSecrets("-peer-tls")));
        herd.apply(TRIANGLE.edges("A-B B-C"));
        herd.awaitReady();
        herd.apply(TRIANGLE);
        herd.awaitReady();
        assertThat(links(herd).encrypted()).hasSize(6);
        assertThat(herd.processes()).isEqualTo(processes);
    }

    /** As if the herd had had this one all along. */
    private static void replaceAuthority(HerdUnderTest herd, Authorities authorities, Instant issued) {
        write(herd, "triangle-peer-ca", authorities.data());
        for (String server : herd.manifest().serverNames()) {
            String set = "triangle-" + server.toLowerCase(java.util.Locale.ROOT);
            ServerIdentity identity = new ServerIdentity(
                    "cluster.local",
                    herd.namespace(),
                    "triangle",
                    server,
                    set + "-0.triangle-peers." + herd.namespace() + ".svc");
            write(
                    herd,
                    set + "-peer-tls",
                    ServerCertificate.keptOrIssued(Map.of(), identity, authorities, issued)
                            .data());
        }
    }

    private static LinkState links(HerdUnderTest herd) {
        return new LinkState(CLUSTER.client(), herd);
    }

    private static Map<String, String> authority(HerdUnderTest herd) {
        return PeerSecret.files(links(herd).secrets().get("triangle-peer-ca"));
    }

    private static List<String> secretsThatPodsMount(HerdUnderTest herd) {
        return herd.pods().stream()
                .flatMap(pod -> pod.getSpec().getVolumes().stream())
                .filter(volume -> volume.getProjected() != null)
                .flatMap(volume -> volume.getProjected().getSources().stream())
                .map(source -> source.getSecret().getName())
                .sorted()
                .toList();
    }

    private static void write(HerdUnderTest herd, String secret, Map<String, String> files) {
        Map<String, String> data = new HashMap<>();
        files.forEach((name, text) ->
                data.put(name, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
        CLUSTER.client()
                .secrets()
                .inNamespace(herd.namespace())
                .withName(secret)
                .edit(there -> {
                    there.getData().putAll(data);
                    return there;
                });
    }

    private static Set<String> reasons(HerdUnderTest herd) {
        return CLUSTER.client().v1().events().inNamespace(herd.namespace()).list().getItems().stream()
                .map(event -> event.getReason())
                .collect(Collectors.toSet());
    }
}
