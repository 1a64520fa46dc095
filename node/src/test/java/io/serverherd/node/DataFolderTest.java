package io.serverherd.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HERD_DATA_DIR as a user meets it: a process that ends, in whatever way, and is started again. */
class DataFolderTest {
    private static final String WRITTEN = "serverherd_data_written_bytes_total";

    @TempDir
    Path temp;

    private NodeRun node;

    @BeforeEach
    void prepare() throws IOException {
        node = new NodeRun(temp)
                .with("HERD_DATA_DIR", temp.resolve("data").toString())
                .herdJson("{}");
    }

    @AfterEach
    void end() {
        node.close();
    }

    private LineClient client() throws IOException {
        return new LineClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), node.clientPort()));
    }

    @Test
    void whatWasKeptIsThereAgainAfterAKill() throws Exception {
        node.started();
        double before = node.metric(WRITTEN);
        String report;
        try (LineClient client = client()) {
            report = client.ask("IAMAT kiwi +34.068930-118.445127 1479413884.392014450");
        }
        await().until(() -> node.metric(WRITTEN) > before);
        node.kill();

        node.started();

        try (LineClient client = client()) {
            assertThat(client.ask("WHATSAT kiwi 10 5")).isEqualTo(report);
        }
        assertThat(node.status().path("data").textValue()).isEqualTo("ok");
    }

    @Test
    void whatWasAcknowledgedIsThereAgainAfterASignalToStop() throws Exception {
        node.started();
        try (LineClient client = client()) {
            for (int i = 0; i < 100; i++) {
                client.ask("IAMAT c" + i + " +1+1 1479413884");
            }
            node.terminate();
            assertThat(client.rest()).isEmpty();
        }
        assertThat(node.exitCode()).isZero();

        node.started();

        assertThat(node.status().path("clients").intValue()).isEqualTo(100);
    }
}
