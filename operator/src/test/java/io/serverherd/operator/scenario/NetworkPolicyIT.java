package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Who gets through to a server, on a cluster whose network enforces policies. That the operator does is told by every herd
 * that becomes ready.
 */
@Tag("e2e")
class NetworkPolicyIT {
    private static final HerdManifest PAIR =
            HerdManifest.herd("fenced").servers("A B").edges("A-B");
    private static final int CLIENT = 12000;
    private static final int PEER = 12100;
    private static final int ADMIN = 12200;

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    private static HerdUnderTest herd;
    private static PodShell stranger;

    @BeforeAll
    static void aHerdAndAStranger() {
        herd = CLUSTER.apply(PAIR).awaitReady();
        stranger = ClientPod.start(CLUSTER.client(), CLUSTER.newNamespace(), "stranger", Map.of("app", "prometheus"));
    }

    @Test
    void aStrangerReachesTheClientPortOnly() {
        herd.apply(PAIR);

        awaitOpen(CLIENT);
        awaitClosed(PEER);
        awaitClosed(ADMIN);
    }

    @Test
    void whoMonitorsReachesTheAdminPortToo() {
        Map<String, Object> peer = Map.of("namespaceLabels", Map.of(), "podLabels", Map.of("app", "prometheus"));
        herd.apply(PAIR.with("networkPolicy", Map.of("monitoring", List.of(peer))));

        awaitOpen(ADMIN);
        awaitClosed(PEER);
    }

    @Test
    void listedClientsAreTheOnlyOnes() {
        Map<String, Object> peer = Map.of("podLabels", Map.of("app", "phone"));
        PodShell phone = ClientPod.start(CLUSTER.client(), herd.namespace(), "phone", Map.of("app", "phone"));
        herd.apply(PAIR.with("networkPolicy", Map.of("clients", List.of(peer))));

        awaitClosed(CLIENT);
        assertThat(reaches(phone, CLIENT)).isTrue();
    }

    @Test
    void withoutAPolicyEverythingIsOpen() {
        herd.apply(PAIR.with("networkPolicy", Map.of("enabled", false)));

        awaitOpen(CLIENT);
        awaitOpen(PEER);
        awaitOpen(ADMIN);
    }

    private static void awaitOpen(int port) {
        await().atMost(OperatedCluster.PATIENCE).until(() -> reaches(stranger, port));
    }

    private static void awaitClosed(int port) {
        await().atMost(OperatedCluster.PATIENCE).until(() -> !reaches(stranger, port));
    }

    private static boolean reaches(PodShell from, int port) {
        String ip = herd.server("A").pod().getStatus().getPodIP();
        try {
            return from.run("echo hello | timeout 5 nc -w 3 " + ip + " " + port + " >/dev/null 2>&1 && echo open")
                    .contains("open");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
