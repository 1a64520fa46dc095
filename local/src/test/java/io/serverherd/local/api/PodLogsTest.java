package io.serverherd.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PodLogsTest {

    private final TestPods pods = new TestPods();

    @RegisterExtension
    final TestApi api = new TestApi(pods);

    @TempDir
    Path folder;

    private Path log;

    @BeforeEach
    void runAPod() throws IOException {
        log = Files.writeString(folder.resolve("0.log"), "one\ntwo\nthree\n");
        pods.setLog("main", log);
        TestPods.running(api.client(), "singer");
    }

    @Test
    void theWholeLogIsPrinted() {
        assertThat(api.kubectl().run("logs", "singer").succeeds()).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void theTailIsCountedInLines() {
        assertThat(api.kubectl().run("logs", "singer", "--tail=2").succeeds()).isEqualTo("two\nthree\n");
        assertThat(api.kubectl().run("logs", "singer", "--tail=0").succeeds()).isEmpty();
        assertThat(api.kubectl().run("logs", "singer", "--tail=9").succeeds()).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void theTailOfALongLogIsFound() throws IOException {
        Files.writeString(log, "x".repeat(99) + "\n" + ("y".repeat(99) + "\n").repeat(2_000));

        String tail = api.kubectl().run("logs", "singer", "--tail=2000").succeeds();

        assertThat(tail).hasSize(200_000).doesNotContain("x");
    }

    @Test
    void aFollowedLogGoesOnUntilTheContainerEnds() throws Exception {
        try (var following = api.kubectl().start("logs", "-f", "--tail=1", "singer")) {
            await().until(() -> following.out().equals("three\n"));

            Files.writeString(log, "four\n", StandardOpenOption.APPEND);
            await().until(() -> following.out().equals("three\nfour\n"));

            TestPods.setRunning(api.client(), "singer", false);
            assertThat(following.process().waitFor()).isZero();
        }
    }

    @Test
    void thePreviousRunHasALogOfItsOwn() throws IOException {
        assertThat(api.kubectl().run("logs", "--previous", "singer").fails())
                .contains("previous terminated container \"main\" in pod \"singer\" not found");

        pods.setLog("main/previous", Files.writeString(folder.resolve("before.log"), "zero\n"));

        assertThat(api.kubectl().run("logs", "--previous", "singer").succeeds()).isEqualTo("zero\n");
    }

    @Test
    void anUnknownContainerIsRefused() {
        assertThat(api.kubectl().run("logs", "singer", "-c", "nope").fails()).contains("container nope is not valid");
    }
}
