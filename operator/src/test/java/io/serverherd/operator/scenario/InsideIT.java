package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A herd as pods of its cluster see it: by its Services and their names. */
@Tag("e2e")
class InsideIT {

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    private static HerdUnderTest herd;
    private static PodShell neighbour;

    @BeforeAll
    static void aHerdAndAClientBesideIt() {
        herd = CLUSTER.apply(HerdManifest.fiveNodes("inside")).awaitReady();
        neighbour = ClientPod.start(CLUSTER.client(), herd.namespace(), "client", Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"inside", "inside.%s", "inside.%s.svc", "inside.%s.svc.cluster.local"})
    void anyServerAnswersByTheHerdsName(String name) throws Exception {
        awaitAnswer(neighbour, name.formatted(herd.namespace()), "AT (Alford|Ball|Hamilton|Holiday|Welsh) .*");
    }

    @Test
    void aServerAnswersByItsOwnName() throws Exception {
        for (String server : herd.manifest().serverNames()) {
            String name = "inside-%s-0.inside-peers.%s.svc".formatted(server.toLowerCase(), herd.namespace());

            awaitAnswer(neighbour, name, "AT " + server + " .*");
        }
    }

    @Test
    void whoLivesInAnotherNamespaceReachesTheHerd() throws Exception {
        PodShell stranger = ClientPod.start(CLUSTER.client(), CLUSTER.newNamespace(), "client", Map.of());

        awaitAnswer(stranger, "inside.%s.svc".formatted(herd.namespace()), "AT \\w+ .*");
    }

    @Test
    void whatOneServerIsToldInsideAllSayOutside() throws Exception {
        String report = "IAMAT kiwi +34.068930-118.445127 1479413884.392014450";

        String record = ask(neighbour, "inside", report).stripTrailing();

        herd.awaitEverywhere("kiwi", record);
    }

    /** A name that is asked for before it is known stays unknown for some seconds. */
    private static void awaitAnswer(PodShell client, String host, String pattern) {
        await().atMost(OperatedCluster.PATIENCE)
                .untilAsserted(() -> assertThat(ask(client, host, "IAMAT weka +1.0+1.0 1500000000.5"))
                        .as("what %s answers", host)
                        .matches(pattern + "\n"));
    }

    private static String ask(PodShell client, String host, String line) throws Exception {
        return client.run("echo '%s' | timeout 20 nc %s 12000".formatted(line, host));
    }
}
