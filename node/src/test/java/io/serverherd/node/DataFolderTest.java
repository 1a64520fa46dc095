package io.serverherd.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
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

    @Test
    void whatWasKeptIsThereAgainAfterAKill() throws Exception {
        node.started();
        double before = node.metric(WRITTEN);
        String report;
        try (LineClient client = node.client()) {
            report = client.ask("IAMAT kiwi +34.068930-118.445127 1479413884.392014450");
        }
        await().until(() -> node.metric(WRITTEN) > before);
        node.kill();

        node.started();

        try (LineClient client = node.client()) {
            assertThat(client.ask("WHATSAT kiwi 10 5")).isEqualTo(report);
        }
        assertThat(node.status().path("data").textValue()).isEqualTo("ok");
    }

    @Test
    void whatWasAcknowledgedIsThereAgainAfterASignalToStop() throws Exception {
        node.started();
        try (LineClient client = node.client()) {
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

    @Test
    void aFolderThatCannotBeHadIsSaidAndNoReasonNotToServe() throws Exception {
        Files.writeString(temp.resolve("data"), "no folder");
        node.started();

        try (LineClient client = node.client()) {
            assertThat(client.ask("IAMAT kiwi +34.068930-118.445127 1479413884.392014450"))
                    .startsWith("AT Alford ");
        }
        String reason = temp.resolve("data") + ": file already exists";
        assertThat(node.get("/readyz").statusCode()).isEqualTo(200);
        assertThat(node.status().path("data").textValue()).isEqualTo("failing");
        assertThat(node.status().path("dataError").textValue()).isEqualTo(reason);
        assertThat(node.metric("serverherd_data_error")).isEqualTo(1);
        node.awaitPrinted(" WARN data.failing reason=\"" + Pattern.quote(reason) + "\"\n");

        Files.delete(temp.resolve("data"));

        await().until(() -> node.status().path("data").textValue(), "ok"::equals);
        node.awaitPrinted(" INFO data.recovered");
        node.kill();
        node.started();
        assertThat(node.status().path("clients").intValue()).isEqualTo(1);
    }

    @Test
    void aDiskThatTakesNoMoreDoesNotHoldUpReplies() throws Exception {
        // The system refuses what goes beyond, as a full disk does. In blocks of 512 bytes.
        node.under("sh", "-c", "ulimit -f 1024; exec \"$@\"", "sh").started();

        try (LineClient client = node.client()) {
            for (int time = 1; node.metric("serverherd_data_failures_total") == 0; time++) {
                StringBuilder reports = new StringBuilder();
                for (int i = 0; i < 100; i++) {
                    reports.append("IAMAT c")
                            .append(i)
                            .append(" +1+1 ")
                            .append(time)
                            .append('\n');
                }
                client.send(reports.toString());
                for (int i = 0; i < 100; i++) {
                    assertThat(client.line()).startsWith("AT Alford ");
                }
            }
        }

        node.awaitPrinted(" WARN data.failing reason=\"File too large\"\n");
        // What is not out of date fits.
        await().until(() -> node.status().path("data").textValue(), "ok"::equals);
        String digest = node.status().path("digest").textValue();
        node.kill();
        node.started();
        assertThat(node.status().path("digest").textValue()).isEqualTo(digest);
    }
}
