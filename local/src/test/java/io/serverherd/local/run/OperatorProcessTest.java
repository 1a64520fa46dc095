package io.serverherd.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.serverherd.local.process.ProcessLedger;
import io.serverherd.local.process.ProcessSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorProcessTest {

    @TempDir
    Path state;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private ProcessLedger ledger;
    private Path log;

    @BeforeEach
    void make() throws IOException {
        ledger = new ProcessLedger(state.resolve("processes"));
        log = state.resolve("operator.log");
    }

    @Test
    void anOperatorThatEndsIsStartedAgainAndSaidAndItsLogKept() throws Exception {
        String script =
                "echo run; [ -e %1$s ] && exec sleep 1000; touch %1$s; exit 4".formatted(state.resolve("again"));

        try (OperatorProcess operator = start("/bin/sh", "-c", script)) {
            long first = operator.pid();

            await().until(() -> operator.pid() != first);
            await().until(() -> Files.readString(log).equals("run\n"));
            assertThat(state.resolve("operator.log.1")).hasContent("run\n");
            assertThat(told).singleElement().asString().contains("exit code 4", "1 s", "operator.log.1");
        }
    }

    @Test
    void closingEndsItAndSaysNothing() throws Exception {
        OperatorProcess operator = start("/bin/sleep", "1000");
        long pid = operator.pid();

        operator.close();

        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(told).isEmpty();
        assertThat(state.resolve("processes")).isEmptyDirectory();
    }

    @Test
    void anOperatorThatIgnoresTheSignalIsKilled() throws Exception {
        OperatorProcess operator = start("/bin/sh", "-c", "trap '' TERM; echo up; while :; do sleep 0.05; done");
        await().until(() -> Files.exists(log) && Files.readString(log).equals("up\n"));
        long pid = operator.pid();

        operator.close();

        assertThat(ProcessHandle.of(pid)).isEmpty();
    }

    @Test
    void aProgramThatDoesNotExistIsAnErrorAtOnce() {
        assertThatThrownBy(() -> start("/no/such/java"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/no/such/java");
    }

    private OperatorProcess start(String... command) throws IOException {
        return OperatorProcess.start(new ProcessSpec(List.of(command), Map.of(), state), log, ledger, told::add);
    }
}
