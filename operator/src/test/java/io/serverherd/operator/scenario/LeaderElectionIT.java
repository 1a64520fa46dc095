package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two operators, of which one acts. */
@Tag("local")
class LeaderElectionIT {

    private static final HerdManifest RING =
            HerdManifest.herd("ring").servers("A B C").edges("A-B B-C C-A");
    /** Less than what is left of a lease that is not released: it is renewed every 3 s of its 15. */
    private static final Duration RELEASED = Duration.ofSeconds(10);
    /** A lease, and what a busy machine adds. */
    private static final Duration RUN_OUT = Duration.ofSeconds(30);

    /** Of the operators. */
    private static final String NAMESPACE = "serverherd-system";

    private static LocalClusterUnderTest cluster;

    private final List<OperatorProcess> started = new ArrayList<>();
    private OperatorProcess leader;
    private OperatorProcess standby;

    /** What is done to a leader. */
    private interface End {
        void of(OperatorProcess leader) throws Exception;
    }

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = LocalClusterUnderTest.start();
        cluster.operator().stop();
        cluster.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterAll
    static void stopCluster() throws Exception {
        cluster.close();
    }

    @BeforeEach
    void startTwo() throws Exception {
        leader = start("first");
        await().atMost(OperatedCluster.PATIENCE).until(leader::leads);
        standby = start("second").awaitReady();
    }

    @AfterEach
    void stopBoth() throws Exception {
        for (OperatorProcess operator : started) {
            operator.stop();
        }
    }

    @Test
    void whoStandsByIsReadyAndSaysWhoLeads() throws Exception {
        await().atMost(OperatedCluster.PATIENCE)
                .untilAsserted(() -> assertThat(standby.readiness()).isEqualTo("200 standing by, first leads"));

        assertThat(leader.metrics()).contains("\nserverherd_leading 1.0\n");
        assertThat(standby.metrics()).contains("\nserverherd_leading 0.0\n");
    }

    @Test
    void aLeaderAskedToEndInTheMiddleOfARollLeavesItToTheNext() throws Exception {
        assertThat(takeoverInTheMiddleOfARoll("SIGTERM", OperatorProcess::stop)).isLessThan(RELEASED);
    }

    @Test
    void aLeaderKilledInTheMiddleOfARollIsFollowedByTheNext() throws Exception {
        assertThat(takeoverInTheMiddleOfARoll("SIGKILL", OperatorProcess::kill)).isLessThan(RUN_OUT);
    }

    @Test
    void aLeaseThatAnotherTookIsLeftToItUntilItRunsOut() throws Exception {
        cluster.client()
                .leases()
                .inNamespace(NAMESPACE)
                .withName("serverherd-operator")
                .edit(lease -> {
                    lease.getSpec().setHolderIdentity("nobody-there");
                    return lease;
                });

        await().atMost(OperatedCluster.PATIENCE)
                .untilAsserted(() -> assertThat(leader.readiness()).isEqualTo("200 standing by, nobody-there leads"));
        await().atMost(RUN_OUT).until(() -> leader.leads() || standby.leads());
        assertThat(leader.leads() && standby.leads()).isFalse();
    }

    /** Returns the time from the end of one leader to the readiness of the next. */
    private Duration takeoverInTheMiddleOfARoll(String name, End end) throws Exception {
        HerdUnderTest herd = new HerdUnderTest(cluster.client(), cluster.ports(), cluster.newNamespace(), RING);
        herd.apply(RING);
        herd.awaitReady();
        Map<String, String> processes = herd.processes();
        Duration takeover;

        try (Replacements replacements = Replacements.watch(cluster.client(), herd)) {
            herd.apply(RING.ofOtherPods());
            await().atMost(OperatedCluster.PATIENCE)
                    .until(() -> replacements.order().size() >= 1);
            long asked = System.nanoTime();
            end.of(leader);
            await().pollInterval(Duration.ofMillis(20)).atMost(RUN_OUT).until(standby::leads);
            takeover = Duration.ofNanos(System.nanoTime() - asked);
            System.out.printf("takeover after %s: %d ms%n", name, takeover.toMillis());
            await().atMost(OperatedCluster.PATIENCE)
                    .until(() -> replacements.order().size() >= 3);
            herd.awaitReady();

            assertThat(replacements.order()).hasSize(3).doesNotHaveDuplicates();
            assertThat(replacements.mostAwayAtOnce()).isEqualTo(1);
        }
        assertThat(herd.processes().values()).doesNotContainAnyElementsOf(processes.values());
        return takeover;
    }

    private OperatorProcess start(String name) throws Exception {
        Map<String, String> environment =
                Map.of("OPERATOR_NAMESPACE", NAMESPACE, "OPERATOR_LEADER_ELECTION", "true", "OPERATOR_POD_NAME", name);
        OperatorProcess operator = OperatorProcess.start(cluster.kubeconfig(), environment);
        started.add(0, operator);
        return operator;
    }
}
