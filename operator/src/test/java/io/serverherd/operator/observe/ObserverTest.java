package io.serverherd.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.serverherd.operator.Herds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cache shows A and B ready; what does the API server say? */
class ObserverTest {
    private static final String PODS = "/api/v1/namespaces/default/pods?labelSelector=serverherd.io%2Fherd%3Dh";

    private final KubernetesMockServer server = new KubernetesMockServer(false);
    private KubernetesClient client;

    @BeforeEach
    void start() {
        server.init();
        client = server.createClient();
    }

    @AfterEach
    void stop() {
        client.close();
        server.destroy();
    }

    @Test
    void theApiServerMayConfirmIt() {
        assertThat(stillReady(pod("a", true), pod("b", true), pod("c", false))).isTrue();
    }

    @Test
    void aPodMayBeGone() {
        assertThat(stillReady(pod("a", true))).isFalse();
    }

    @Test
    void aPodMayHaveBeenReplaced() {
        assertThat(stillReady(pod("a", true), pod("new", true))).isFalse();
    }

    @Test
    void aPodMayNotBeReadyAnyMore() {
        assertThat(stillReady(pod("a", true), pod("b", false))).isFalse();
    }

    @Test
    void aPodMayBeOnItsWayOut() {
        Pod going = pod("b", true);
        going.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");

        assertThat(stillReady(pod("a", true), going)).isFalse();
    }

    private boolean stillReady(Pod... pods) {
        server.expect()
                .withPath(PODS)
                .andReturn(200, new PodListBuilder().withItems(pods).build())
                .once();
        ObservedHerd observed = new ObservedHerd(
                Map.of(), Map.of(), Map.of("h-a", seenReady("a"), "h-b", seenReady("b")), List.of(), true);
        return new Observer(null, new AskedDeletions()).stillReady(Herds.herd("h", "A-B"), observed, client);
    }

    private static ObservedServer seenReady(String uid) {
        return new ObservedServer(
                Optional.empty(), Optional.of(ObservedPod.of(pod(uid, true), false)), Optional.empty());
    }

    private static Pod pod(String uid, boolean ready) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("h-" + uid + "-0")
                .withUid(uid)
                .withCreationTimestamp(Instant.EPOCH.toString())
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .endCondition()
                .endStatus()
                .build();
    }
}
