package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A topology edit reaches running servers: nothing restarts, no client is dropped, nothing is lost. */
class RewiringIT {

    private static final HerdManifest RING = HerdManifest.fiveNodes("ring");

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    @Test
    void addingAnEdgeUnderTrafficConnectsItsTwoEndsAndTouchesNothingElse() throws IOException {
        HerdUnderTest herd = CLUSTER.apply(RING).awaitReady();
        Map<String, String> processes = herd.processes();
        Map<String, String> links = herd.links();

        try (Traffic alford = Traffic.start("kiwi", herd.server("Alford").address());
                Traffic holiday = Traffic.start("weka", herd.server("Holiday").address())) {
            herd.apply(RING.edges("Alford-Hamilton Alford-Welsh Ball-Holiday Ball-Welsh Hamilton-Holiday Alford-Ball"));
            herd.awaitReady();
            alford.awaitMore();

            herd.awaitEverywhere("kiwi", alford.stop());
            herd.awaitEverywhere("weka", holiday.stop());
        }
        assertThat(herd.processes()).isEqualTo(processes);
        assertThat(herd.links())
                .containsAllEntriesOf(links)
                .containsKeys("Alford>Ball", "Ball>Alford")
                .hasSize(12);
    }

    @Test
    void removingAnEdgeUnderTrafficClosesOnlyItsLink() throws IOException {
        HerdUnderTest herd = CLUSTER.apply(RING).awaitReady();
        Map<String, String> processes = herd.processes();
        Map<String, String> links = herd.links();

        try (Traffic traffic = Traffic.start("kiwi", herd.server("Alford").address())) {
            herd.apply(RING.edges("Alford-Hamilton Alford-Welsh Ball-Holiday Hamilton-Holiday"));
            herd.awaitReady();
            traffic.awaitMore();

            herd.awaitEverywhere("kiwi", traffic.stop());
        }
        links.remove("Ball>Welsh");
        links.remove("Welsh>Ball");
        assertThat(herd.processes()).isEqualTo(processes);
        assertThat(herd.links()).isEqualTo(links);
    }

    @Test
    void aServerAddedLearnsWhatTheHerdKnows() throws IOException {
        HerdUnderTest herd = CLUSTER.apply(RING).awaitReady();
        Map<String, String> processes = herd.processes();
        String record = herd.server("Welsh")
                .says("IAMAT kiwi +34.0-118.0 1500000000.25")
                .stripTrailing();

        herd.apply(RING.servers("Alford Ball Hamilton Holiday Welsh Wooden")
                .edges("Alford-Hamilton Alford-Welsh Ball-Holiday Ball-Welsh Hamilton-Holiday Wooden-Alford"));
        herd.awaitReady();

        herd.awaitEverywhere("kiwi", record);
        assertThat(herd.processes()).containsAllEntriesOf(processes);
    }

    @Test
    void aServerLeavesFromTheMiddleAndComesBack() throws IOException {
        HerdUnderTest herd = CLUSTER.apply(RING).awaitReady();
        Map<String, String> processes = herd.processes();

        try (Traffic traffic = Traffic.start("kiwi", herd.server("Alford").address())) {
            herd.apply(RING.servers("Alford Ball Holiday Welsh").edges("Alford-Welsh Ball-Holiday Ball-Welsh"));
            herd.awaitReady();
            await().atMost(OperatedCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(herd.objects()).noneMatch(object -> object.contains("hamilton")));
            processes.remove("Hamilton");
            assertThat(herd.processes()).isEqualTo(processes);

            herd.apply(RING);
            herd.awaitReady();
            traffic.awaitMore();

            herd.awaitEverywhere("kiwi", traffic.stop());
        }
        assertThat(herd.processes()).containsAllEntriesOf(processes);
    }
}
