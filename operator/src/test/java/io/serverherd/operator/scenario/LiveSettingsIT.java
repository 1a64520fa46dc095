package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is in {@code herd.json} takes effect in running servers: nothing restarts, no client is dropped. */
class LiveSettingsIT {
    private static final HerdManifest PAIR =
            HerdManifest.herd("pair").servers("A B").edges("A-B");
    private static final String AT_LENGTH = "IAMAT " + "k".repeat(400) + " +1.0+1.0 1500000000";

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    @Test
    void aLowerLimitIsInForceForAConnectionThatIsHeld() throws IOException {
        HerdUnderTest herd = CLUSTER.apply(PAIR).awaitReady();
        Map<String, String> processes = herd.processes();
        Map<String, String> links = herd.links();

        try (LineClient client = new LineClient(herd.server("A").address())) {
            client.send(AT_LENGTH);
            assertThat(client.readLine()).startsWith("AT A ");

            herd.apply(PAIR.with("limits", Map.of("lineBytes", 300)));
            herd.awaitReady();

            client.send("IAMAT kiwi +1.0+1.0 1500000000");
            assertThat(client.readLine()).startsWith("AT A ");
            client.send(AT_LENGTH);
            assertThat(client.readLine()).startsWith("? IAMAT kkk").hasSizeLessThan(200);
        }
        assertThat(herd.processes()).isEqualTo(processes);
        assertThat(herd.links()).isEqualTo(links);
    }

    @Test
    void messagesAreLoggedAsLongAsItIsAsked() throws IOException {
        HerdUnderTest herd = CLUSTER.apply(PAIR).awaitReady();
        Map<String, String> processes = herd.processes();

        try (LineClient client = new LineClient(herd.server("A").address())) {
            report("weka", client);
            herd.apply(PAIR.with("logging", Map.of("messages", true)));
            herd.awaitReady();
            report("kiwi", client);
            await().atMost(OperatedCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(log(herd)).contains("kiwi"));

            herd.apply(PAIR);
            herd.awaitReady();
            report("kea", client);
        }

        assertThat(log(herd)).doesNotContain("weka").doesNotContain("kea");
        assertThat(herd.processes()).isEqualTo(processes);
    }

    private static void report(String name, LineClient client) throws IOException {
        client.send("IAMAT " + name + " +1.0+1.0 1500000000");
        assertThat(client.readLine()).startsWith("AT A ");
    }

    private static String log(HerdUnderTest herd) {
        return CLUSTER.client()
                .pods()
                .inNamespace(herd.namespace())
                .withName("pair-a-0")
                .getLog();
    }
}
