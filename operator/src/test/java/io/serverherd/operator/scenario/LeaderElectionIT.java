package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two operators, of which one acts. That of the cluster rests meanwhile: it would look after the same herds. */
@AloneOnARealCluster
class LeaderElectionIT {
    private static final HerdManifest RING =
            HerdManifest.herd("ring").servers("A B C").edges("A-B B-C C-A");

    /** The leader's last pass, and the second between two looks of who stands by. */
    private static final Duration RELEASED = Duration.ofSeconds(3);
    /** The 15 s of a Lease, and those two looks. */
    private static final Duration RUN_OUT = Duration.ofSeconds(17);

    private static final String STRANGER = "nobody-there";

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    private String namespace;
    private ElectedOperators operators;
    private String leader;

    /** What is done to a leader; returns from when on it is to be followed by another. */
    private interface End {
        long of(String leader) throws Exception;
    }

    @BeforeAll
    static void restTheClustersOperator() throws Exception {
        CLUSTER.operator().stop();
    }

    @AfterAll
    static void wakeTheClustersOperator() throws Exception {
        CLUSTER.startOperator().awaitReady();
    }

    @BeforeEach
    void startTwo() throws Exception {
        namespace = CLUSTER.newNamespace();
        operators = CLUSTER.startElected(namespace);
        await().atMost(OperatedCluster.PATIENCE).until(() -> operators.names().contains(holder()));
        leader = holder();
    }

    @AfterEach
    void stopBoth() throws Exception {
        operators.close();
    }

    @Test
    void whoStandsByIsReadyAndSaysWhoLeads() throws Exception {
        assertThat(operators.names()).hasSize(2);
        for (String name : operators.names()) {
            boolean leads = name.equals(leader);
            await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> assertThat(operators.says(name, "/readyz"))
                    .isEqualTo(leads ? "ok" : "standing by, " + leader + " leads"));
            assertThat(operators.says(name, "/metrics")).contains("\nserverherd_leading " + (leads ? "1.0" : "0.0"));
        }
    }

    @Test
    void aLeaderAskedToEndInTheMiddleOfARollLeavesItToTheNext() throws Exception {
        End asked = name -> {
            long now = System.nanoTime();
            operators.stop(name);
            return now;
        };
        assertThat(takeoverInTheMiddleOfARoll("SIGTERM", asked)).isLessThan(RELEASED);
    }

    @Test
    void aLeaderKilledInTheMiddleOfARollIsFollowedByTheNext() throws Exception {
        End killed = name -> {
            operators.kill(name);
            return System.nanoTime();
        };
        assertThat(takeoverInTheMiddleOfARoll("SIGKILL", killed)).isLessThan(RUN_OUT);
    }

    @Test
    void aLeaseThatAnotherTookIsLeftToItUntilItRunsOut() throws Exception {
        HerdUnderTest herd = CLUSTER.apply(namespace, RING).awaitReady();
        lease().edit(lease -> {
            lease.getSpec().setHolderIdentity(STRANGER);
            return lease;
        });
        for (String name : operators.names()) {
            await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> assertThat(operators.says(name, "/readyz"))
                    .isEqualTo("standing by, " + STRANGER + " leads"));
        }

        herd.apply(RING.edges("A-B B-C"));
        await().atMost(OperatedCluster.PATIENCE).until(() -> {
            long seen = herd.read().at("/status/observedGeneration").asLong();
            boolean strangers = holder().equals(STRANGER);
            assertThat(strangers && seen > 1)
                    .as("somebody acts while a stranger leads")
                    .isFalse();
            return !strangers;
        });

        assertThat(operators.names()).contains(holder());
        herd.awaitReady();
    }

    /** Returns the time from the end of one leader to the moment the Lease is another's. */
    private Duration takeoverInTheMiddleOfARoll(String name, End end) throws Exception {
        HerdUnderTest herd = CLUSTER.apply(namespace, RING).awaitReady();
        Map<String, String> processes = herd.processes();
        Duration takeover;
        try (Replacements replacements = Replacements.watch(CLUSTER.client(), herd)) {
            herd.apply(RING.ofOtherPods());
            await().atMost(OperatedCluster.PATIENCE)
                    .until(() -> replacements.order().size() >= 1);

            long ended = end.of(leader);
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(OperatedCluster.PATIENCE)
                    .until(() -> !holder().equals(leader) && !holder().isEmpty());
            takeover = Duration.ofNanos(System.nanoTime() - ended);
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

    /** Empty: nobody leads. */
    private String holder() {
        Lease lease = lease().get();
        String holder = lease == null ? null : lease.getSpec().getHolderIdentity();
        return holder == null ? "" : holder;
    }

    private Resource<Lease> lease() {
        return CLUSTER.client().leases().inNamespace(operators.namespace()).withName("serverherd-operator");
    }
}
