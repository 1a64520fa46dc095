package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who waits for a status right after an apply is never told of the herd as it was before. */
@AloneOnARealCluster
class TrustedStatusIT {

    private static final HerdManifest PAIR =
            HerdManifest.herd("pair").servers("A B").edges("A-B");

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    @Test
    void aNewTemplateIsNotReadyBeforeItsPodsAre() {
        HerdUnderTest herd = CLUSTER.apply(PAIR).awaitReady();

        try (StatusHistory history = StatusHistory.watch(CLUSTER.client(), herd)) {
            herd.apply(PAIR.ofOtherPods());
            long edit = herd.read().at("/metadata/generation").asLong();
            herd.awaitReady();

            await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> assertThat(history.turns("Ready", edit))
                    .containsExactly("False", "True"));
        }
    }

    @Test
    void aNewServersEdgeIsNotConvergedBeforeItsEndsAreConnected() {
        HerdManifest line = HerdManifest.herd("line").servers("A B").edges("A-B");
        HerdUnderTest herd = CLUSTER.apply(line).awaitReady();

        try (StatusHistory history = StatusHistory.watch(CLUSTER.client(), herd)) {
            herd.apply(line.servers("A B C").edges("A-B B-C"));
            long edit = herd.read().at("/metadata/generation").asLong();
            herd.awaitReady();

            await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> {
                assertThat(history.turns("TopologyConverged", edit)).containsExactly("False", "True");
                assertThat(history.turns("Reconciling", edit)).containsExactly("True", "absent");
            });
        }
    }

    /** Two servers that run may be connected before the first status that speaks of the edit is written. */
    @Test
    void anEdgeBetweenRunningServersTakesNobodysReadinessAway() {
        HerdManifest triangle = HerdManifest.herd("triangle").servers("A B C").edges("A-B B-C");
        HerdUnderTest herd = CLUSTER.apply(triangle).awaitReady();

        try (StatusHistory history = StatusHistory.watch(CLUSTER.client(), herd)) {
            herd.apply(triangle.edges("A-B B-C A-C"));
            long edit = herd.read().at("/metadata/generation").asLong();
            herd.awaitReady();

            await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> {
                assertThat(history.turns("TopologyConverged", edit)).isIn(List.of("True"), List.of("False", "True"));
                assertThat(history.turns("Ready", edit)).containsExactly("True");
            });
        }
    }

    @Test
    void kubectlWaitPassesForNoGenerationThatTheOperatorHasNotSeen() throws Exception {
        assumeTrue(Kubectl.isInstalled(), "SKIPPED: there is no kubectl on the PATH");
        HerdUnderTest herd = CLUSTER.apply(PAIR).awaitReady();
        Kubectl kubectl = new Kubectl(CLUSTER.kubeconfig(), herd.namespace());
        HerdManifest fresh = HerdManifest.herd("fresh").servers("A");

        CLUSTER.operator().kill();
        try {
            herd.apply(PAIR.edges("B-A"));
            HerdUnderTest freshHerd = CLUSTER.apply(fresh);

            assertThat(kubectl.fail("wait", "herd/pair", "--for=condition=Ready", "--timeout=2s"))
                    .contains("timed out");
            assertThat(kubectl.fail("wait", "herd/pair", "--for=condition=TopologyConverged", "--timeout=2s"))
                    .contains("timed out");
            assertThat(new Kubectl(CLUSTER.kubeconfig(), freshHerd.namespace())
                            .fail("wait", "herd/fresh", "--for=condition=Ready", "--timeout=2s"))
                    .contains("timed out");
        } finally {
            CLUSTER.startOperator();
        }
        kubectl.run("wait", "herd/pair", "--for=condition=TopologyConverged", "--timeout=180s");
        assertThat(herd.read().at("/status/observedGeneration").asLong())
                .isEqualTo(herd.read().at("/metadata/generation").asLong());
    }
}
