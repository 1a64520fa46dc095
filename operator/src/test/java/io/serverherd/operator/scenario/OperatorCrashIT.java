package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The operator may end at any time: the herd serves on, and the next operator finishes what was begun. */
@AloneOnARealCluster
class OperatorCrashIT {

    private static final HerdManifest RING = HerdManifest.fiveNodes("ring");

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    @Test
    void nothingIsWrittenWhenNothingChanges() {
        HerdUnderTest herd = CLUSTER.apply(RING).awaitReady().awaitQuiet();
        Map<String, String> versions = herd.versions();
        OptionalLong writes = CLUSTER.writes();

        await().during(Duration.ofSeconds(10)).atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(herd.versions()).isEqualTo(versions);
            assertThat(CLUSTER.writes()).isEqualTo(writes);
        });
    }

    @Test
    void anOperatorThatStartsAgainTouchesNothing() throws Exception {
        HerdUnderTest herd = CLUSTER.apply(RING).awaitReady().awaitQuiet();
        Map<String, String> versions = herd.versions();

        CLUSTER.operator().kill();
        CLUSTER.startOperator().awaitReady();

        await().during(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(herd.versions()).isEqualTo(versions));
    }

    @Test
    void anOperatorOfANewerVersionTouchesNothing() throws Exception {
        HerdUnderTest herd = CLUSTER.apply(RING).awaitReady().awaitQuiet();
        Map<String, String> versions = herd.versions();
        Set<String> images = herd.images();

        CLUSTER.operator().stop();
        try {
            CLUSTER.startOperator(Map.of("OPERATOR_NODE_IMAGE", "registry.invalid/herd-node:newer"))
                    .awaitReady();
            await().during(Duration.ofSeconds(5))
                    .atMost(OperatedCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(herd.versions()).isEqualTo(versions));

            herd.apply(RING.servers("Alford Ball Hamilton Holiday Welsh Bruin"));

            herd.awaitReady();
            assertThat(herd.images()).isEqualTo(images);
        } finally {
            CLUSTER.operator().stop();
            CLUSTER.startOperator().awaitReady();
        }
    }

    @Test
    void anOperatorKilledWhileItBuildsAHerdFinishesItNextTime() throws Exception {
        HerdUnderTest herd = CLUSTER.apply(RING);
        await().atMost(OperatedCluster.PATIENCE).until(() -> !herd.objects().isEmpty());

        CLUSTER.operator().kill();
        CLUSTER.startOperator();

        herd.awaitReady();
    }

    @Test
    void anOperatorKilledInTheMiddleOfARollFinishesItNextTime() throws Exception {
        HerdUnderTest herd = CLUSTER.apply(RING).awaitReady();
        String record =
                herd.server("Alford").says("IAMAT kiwi +34.0-118.0 1500000000").stripTrailing();
        herd.awaitEverywhere("kiwi", record);
        Map<String, String> processes = herd.processes();

        try (Replacements replacements = Replacements.watch(CLUSTER.client(), herd)) {
            herd.apply(RING.ofOtherPods());
            await().atMost(OperatedCluster.PATIENCE)
                    .until(() -> replacements.order().size() >= 2);
            CLUSTER.operator().kill();
            CLUSTER.startOperator();
            await().atMost(OperatedCluster.PATIENCE)
                    .until(() -> replacements.order().size() >= 5);
            herd.awaitReady();

            assertThat(replacements.order()).hasSize(5).doesNotHaveDuplicates();
            assertThat(replacements.mostAwayAtOnce()).isEqualTo(1);
        }
        assertThat(herd.processes().values()).doesNotContainAnyElementsOf(processes.values());
        herd.awaitEverywhere("kiwi", record);
    }

    @Test
    void theHerdServesAndFloodsWhileThereIsNoOperator() throws Exception {
        HerdUnderTest herd = CLUSTER.apply(RING).awaitReady();

        CLUSTER.operator().stop();
        try (Traffic traffic = Traffic.start("kiwi", herd.server("Alford").address())) {
            traffic.awaitMore();
            herd.awaitEverywhere("kiwi", traffic.stop());
        } finally {
            CLUSTER.startOperator().awaitReady();
        }
    }
}
