package io.serverherd.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggedProcessTest {

    @TempDir
    Path state;

    private ProcessLedger ledger;
    private Path log;

    @BeforeEach
    void make() throws IOException {
        ledger = new ProcessLedger(state.resolve("processes"));
        log = state.resolve("logs/0.log");
    }

    @Test
    void outputAndErrorsAreInTheLogWhenTheExitIsTold() throws Exception {
        LoggedProcess process = sh("echo out; echo err >&2; echo $VALUE; exit 3");

        assertThat(process.exit().get()).isEqualTo(3);
        assertThat(log).hasContent("out\nerr\nvalue\n");
        assertThat(state.resolve("processes")).isEmptyDirectory();
    }

    @Test
    void nothingOfOurEnvironmentIsInherited() throws Exception {
        LoggedProcess process = sh("env");

        process.exit().get();
        // What a shell sets for itself.
        assertThat(Files.readAllLines(log)).allMatch(line -> line.matches("(VALUE|PWD|SHLVL|OLDPWD|_)=.*"));
    }

    @Test
    void terminateAsksAndKillDoesNotAsk() throws Exception {
        LoggedProcess polite = sh("trap 'echo bye; exit 7' TERM; echo up; while :; do sleep 0.05; done");
        await().until(() -> Files.exists(log) && Files.readString(log).contains("up"));
        polite.terminate();
        assertThat(polite.exit().get()).isEqualTo(7);
        assertThat(log).hasContent("up\nbye\n");

        Path otherLog = state.resolve("logs/1.log");
        LoggedProcess deaf = start("trap '' TERM; echo up; while :; do sleep 0.05; done", otherLog);
        await().until(() -> Files.exists(otherLog) && Files.readString(otherLog).contains("up"));
        deaf.terminate();
        deaf.kill();
        assertThat(deaf.exit().get()).isEqualTo(128 + 9);
    }

    @Test
    void aProgramThatDoesNotExistIsNamed() {
        ProcessSpec spec = new ProcessSpec(List.of("/no/such/program"), Map.of(), state);

        assertThatThrownBy(() -> LoggedProcess.start(spec, log, ledger))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/no/such/program");
    }

    @Test
    void aSuccessorEndsWhatAKilledPredecessorLeft() throws Exception {
        LoggedProcess leftover = sleep();

        List<Long> ended = new ProcessLedger(state.resolve("processes")).endLeftovers();

        assertThat(ended).containsExactly(leftover.pid());
        assertThat(leftover.exit().get()).isEqualTo(128 + 15);
        assertThat(state.resolve("processes")).isEmptyDirectory();
    }

    @Test
    void aPidThatIsAnotherProcessNowIsLeftAlone() throws Exception {
        LoggedProcess innocent = sleep();
        Path note = state.resolve("processes").resolve(Long.toString(innocent.pid()));
        List<String> lines = Files.readAllLines(note);

        Files.writeString(note, "2001-01-01T00:00:00Z\n" + lines.get(1) + "\n");
        assertThat(ledger.endLeftovers()).isEmpty();
        Files.writeString(note, lines.get(0) + "\n/other/program\n");
        assertThat(ledger.endLeftovers()).isEmpty();
        Files.writeString(note, "cut o");
        assertThat(ledger.endLeftovers()).isEmpty();

        assertThat(innocent.exit()).isNotDone();
        innocent.kill();
    }

    @Test
    void aLogIsBoundedAndKeepsTheNewest() throws IOException {
        BoundedLog bounded = new BoundedLog(log, 100_000);

        StringBuilder text = new StringBuilder();
        for (int line = 0; line < 50_000; line++) {
            text.append("line ").append(line).append('\n');
        }
        bounded.copy(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)));

        Path before = state.resolve("logs/0.log.1");
        assertThat(Files.size(log)).isLessThanOrEqualTo(100_000);
        assertThat(Files.size(before)).isLessThanOrEqualTo(100_000);
        assertThat(text.toString()).endsWith(Files.readString(before) + Files.readString(log));
    }

    private LoggedProcess sleep() throws IOException {
        return LoggedProcess.start(new ProcessSpec(List.of("/bin/sleep", "1000"), Map.of(), state), log, ledger);
    }

    private LoggedProcess sh(String script) throws IOException {
        return start(script, log);
    }

    private LoggedProcess start(String script, Path logFile) throws IOException {
        ProcessSpec spec = new ProcessSpec(List.of("/bin/sh", "-c", script), Map.of("VALUE", "value"), state);
        return LoggedProcess.start(spec, logFile, ledger);
    }
}
