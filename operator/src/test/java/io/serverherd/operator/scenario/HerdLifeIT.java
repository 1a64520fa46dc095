package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A herd from its creation to its end. */
class HerdLifeIT {

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    @Test
    void everyServerGivesTheSameRecordOfAClient() throws IOException {
        HerdUnderTest herd = CLUSTER.apply(HerdManifest.fiveNodes("flood")).awaitReady();

        String reply = herd.server("Alford").says("IAMAT kiwi +34.068930-118.445127 1479413884.392014450");

        assertThat(reply)
                .matches("AT Alford \\+\\d+\\.\\d{9} kiwi \\+34\\.068930-118\\.445127 1479413884\\.392014450\n");
        herd.awaitEverywhere("kiwi", reply.stripTrailing());
    }

    @Test
    void twoHerdsOfOneNamespaceKeepToThemselves() throws IOException {
        String namespace = CLUSTER.newNamespace();
        HerdManifest graph = HerdManifest.herd("red").servers("A B").edges("A-B");
        HerdUnderTest red = CLUSTER.apply(namespace, graph);
        HerdUnderTest blue = CLUSTER.apply(namespace, new HerdManifest("blue", graph.spec()));
        red.awaitReady();
        blue.awaitReady();

        String inRed = red.server("A").says("IAMAT kiwi +1.0+1.0 1500000000");
        red.awaitEverywhere("kiwi", inRed.stripTrailing());
        assertThat(blue.server("B").whereIs("kiwi")).isEqualTo("? WHATSAT kiwi 10 1");

        red.delete();
        await().atMost(OperatedCluster.PATIENCE)
                .untilAsserted(() -> assertThat(red.objects()).isEmpty());
        blue.awaitReady();
    }
}
