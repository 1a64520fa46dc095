package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serverherd.local.FreePorts;
import io.serverherd.local.LocalCluster;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code make run} starts after the build, all of it real. How it refuses is tested where it is written. */
@Tag("local")
class MakeRunIT {

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();
    private final String network = LocalCluster.randomPodNetwork();

    @AfterEach
    void endWhatATestLeftRunning() {
        started.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }

    @Test
    void aHerdIsReadyIsTalkedToAndEndsWithoutATrace() throws Exception {
        Path home = folder.resolve("state");
        Run run = run(home);
        run.awaitOutput("Talk to a server");

        String address = run.find("nc (127\\.\\d+\\.\\d+\\.\\d+) 12000");
        String reply = LineClient.ask(
                new InetSocketAddress(address, 12000),
                "IAMAT kiwi +34.068930-118.445127 1479413884.392014450",
                "WHATSAT kiwi 10 3");
        assertThat(reply).startsWith("AT ").contains("\"status\" : \"OK\"");

        List<ProcessHandle> children = run.process().descendants().toList();
        assertThat(children).as("five servers and the operator").hasSize(6);
        interrupt(run.process());

        assertThat(run.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(run.process().exitValue()).isZero();
        assertThat(run.output()).endsWith("Everything has ended.\n");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files)
                    .as("files beside the state folder and what this test wrote")
                    .containsOnly(home, run.log());
        }
    }

    private record Run(Process process, Path log) {

        String output() throws IOException {
            return Files.readString(log);
        }

        void awaitOutput(String text) {
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(output()).contains(text));
        }

        String find(String pattern) throws IOException {
            Matcher found = Pattern.compile(pattern).matcher(output());
            assertThat(found.find()).as("%s in\n%s", pattern, output()).isTrue();
            return found.group(1);
        }
    }

    private Run run(Path home) throws IOException {
        Path log = folder.resolve("output-" + started.size());
        ProcessBuilder builder = JavaProcesses.jar(ProjectFiles.LOCAL_JAR).redirectOutput(log.toFile());
        builder.environment().put("HERD_HOME", home.toString());
        builder.environment().put("HERD_POD_NETWORK", network);
        Iterator<Integer> ports = FreePorts.some(3).iterator();
        for (String port : List.of("HERD_API_PORT", "HERD_PLACES_PORT", "HERD_OPERATOR_PORT")) {
            builder.environment().put(port, ports.next().toString());
        }
        Process process = builder.start();
        started.add(process);
        return new Run(process, log);
    }

    /** Ctrl-C. */
    private static void interrupt(Process process) throws Exception {
        new ProcessBuilder("/bin/kill", "-INT", Long.toString(process.pid()))
                .start()
                .waitFor();
    }
}
