package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The API server falls silent, and no connection breaks: only time can tell the operator that something is wrong. */
@Tag("local")
class SilentApiServerIT {
    private static final HerdManifest LINE =
            HerdManifest.herd("line").servers("A B C").edges("A-B B-C");

    private static final Duration CONVERGED_AFTER = Duration.ofSeconds(30);

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    private Relay network;
    private OperatorProcess operator;

    @BeforeEach
    void putANetworkBeforeTheOperator(@TempDir Path folder) throws Exception {
        CLUSTER.operator().stop();
        URI api = CLUSTER.client().getMasterUrl().toURI();
        network = new Relay(new InetSocketAddress(api.getHost(), api.getPort()));
        Path kubeconfig = folder.resolve("kubeconfig");
        String through = Files.readString(CLUSTER.kubeconfig()).replace(":" + api.getPort(), ":" + network.port());
        assertThat(Files.writeString(kubeconfig, through)).content().contains(":" + network.port());
        operator = OperatorProcess.start(kubeconfig, Map.of()).awaitReady();
    }

    @AfterEach
    void takeItAway() throws Exception {
        operator.stop();
        network.close();
        CLUSTER.startOperator().awaitReady();
    }

    @Test
    void aHerdRewiredMeanwhileConvergesSoonAfter() throws Exception {
        HerdUnderTest herd = CLUSTER.apply(LINE).awaitReady();

        network.hold();
        herd.apply(LINE.edges("A-B B-C A-C"));
        // Longer than any request of the operator's waits.
        Thread.sleep(Duration.ofSeconds(15).toMillis());
        network.letGo();

        herd.awaitReadyWithin(CONVERGED_AFTER);
    }

    @Test
    void connectionsThatDieWithoutAWordAreReplaced() {
        HerdUnderTest herd = CLUSTER.apply(LINE).awaitReady();

        network.forget();
        herd.apply(LINE.edges("A-B B-C A-C"));

        herd.awaitReadyWithin(CONVERGED_AFTER);
    }
}
