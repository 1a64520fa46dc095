package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What befalls one server: the status says it in the container's own words, the others notice nothing, and it heals. */
class PodFaultsIT {
    private static final HerdManifest RING =
            HerdManifest.herd("ring").servers("A B C").edges("A-B B-C A-C");

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    @Test
    void aServerThatCrashesAgainAndAgainIsSaidAndComesBack() throws Exception {
        HerdUnderTest herd = CLUSTER.apply(RING).awaitReady();
        Untouched others = Untouched.allBut("B", herd);

        await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> {
            Pod pod = herd.server("B").pod();
            if (isRunning(pod)) {
                CLUSTER.kill(pod);
            }
            assertThat(said(herd)).contains("B: CrashLoopBackOff: the server ended with code 137 (Error)");
        });

        assertThat(herd.condition("Ready").path("reason").asText()).isEqualTo("ServersFailing");
        assertThat(herd.read().at("/status/summary/state").asText()).isEqualTo("B: CrashLoopBackOff");
        String record = others.assertThatTheyServe();
        herd.awaitReady();
        herd.awaitEverywhere("kiwi", record);
        others.assertThatTheyAreAsTheyWere();
    }

    @Test
    @Tag("e2e")
    void aServerWithTooLittleMemoryIsSaidToBeKilledForItAndMoreHeals() throws Exception {
        HerdUnderTest herd = CLUSTER.apply(RING).awaitReady();
        Untouched others = Untouched.allBut("B", herd);

        herd.apply(RING.pod("B", memory("24Mi")));

        awaitSaid(herd, "B: CrashLoopBackOff: the server ended with code 137 (OOMKilled)");
        String record = others.assertThatTheyServe();
        herd.apply(RING.pod("B", memory("256Mi")));
        herd.awaitReady();
        herd.awaitEverywhere("kiwi", record);
        others.assertThatTheyAreAsTheyWere();
    }

    /** With its grace, as somebody deletes it; without, as when its machine is gone. */
    @ParameterizedTest
    @ValueSource(longs = {10, 0})
    void aPodThatIsDeletedUnderTrafficComesBackAndKnowsEverything(long graceSeconds) throws Exception {
        HerdUnderTest herd = CLUSTER.apply(HerdManifest.fiveNodes("busy")).awaitReady();
        Untouched others = Untouched.allBut("Welsh", herd);
        String process = herd.server("Welsh").process();
        List<Traffic> all = new ArrayList<>();
        try {
            for (String server : others.processes().keySet()) {
                all.add(Traffic.start(
                        "client-of-" + server.toLowerCase(), herd.server(server).address()));
            }

            CLUSTER.client()
                    .resource(herd.server("Welsh").pod())
                    .withGracePeriod(graceSeconds)
                    .delete();

            all.forEach(Traffic::awaitMore);
            await().atMost(OperatedCluster.PATIENCE)
                    .ignoreExceptions()
                    .until(() -> !herd.server("Welsh").process().equals(process));
            herd.awaitReady();
            all.forEach(Traffic::awaitMore);
            for (Traffic traffic : all) {
                herd.awaitEverywhere(traffic.client(), traffic.stop());
            }
        } finally {
            for (Traffic traffic : all) {
                traffic.close();
            }
        }
        others.assertThatTheyAreAsTheyWere();
    }

    private static boolean isRunning(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .anyMatch(container -> container.getState().getRunning() != null);
    }

    private static Map<String, Object> memory(String limit) {
        return Map.of("resources", Map.of("limits", Map.of("memory", limit)));
    }

    private static void awaitSaid(HerdUnderTest herd, String words) {
        await().atMost(OperatedCluster.PATIENCE)
                .untilAsserted(() -> assertThat(said(herd)).contains(words));
    }

    private static String said(HerdUnderTest herd) {
        return herd.condition("Ready").path("message").asText();
    }
}
