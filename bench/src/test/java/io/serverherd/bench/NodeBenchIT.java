package io.serverherd.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.bench.load.Processors;
import io.serverherd.bench.load.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of it for a moment, on the built jars and from the project's folder, as it is started for good. */
class NodeBenchIT {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void serversAndHerdsAreMeasured(@TempDir Path folder) throws IOException, InterruptedException {
        run("load herd", folder);

        assertThat(folder.resolve("node.md"))
                .content()
                .contains("| 500 × 1 ", "| node, herd ÷ node ", "all five held the same");
        // Drawn beside the reference only; a machine that has none is told so.
        if (Processors.isThere(RedisServer.PROGRAM)) {
            assertThat(folder.resolve("plot.svg")).exists();
        } else {
            assertThat(folder.resolve("node.md")).content().contains("SKIPPED: the reference, and the plot with it");
        }
    }

    @Test
    void tlsIsMeasured(@TempDir Path folder) throws IOException, InterruptedException {
        run("tls", folder);

        assertThat(folder.resolve("node.md"))
                .content()
                .contains(
                        "| node, TLS, herd ÷ node, herd ",
                        "| node, Java's TLS, herd ÷ node, herd ",
                        "| node, TLS with clients ÷ node ");
        assertThat(folder.resolve("node-TLS/Alford/node.log")).content().contains("provider=OPENSSL");
        assertThat(folder.resolve("node-Java-s-TLS/Alford/node.log")).content().contains("provider=JDK");
    }

    /** Ends well only where all that was opened was closed, and nothing leaked. */
    @Test
    void attacksAreMeasured(@TempDir Path folder) throws IOException, InterruptedException {
        run("attacks", folder);

        assertThat(folder.resolve("node.md"))
                .content()
                .contains(
                        "| a line without end ",
                        "| 100 TLS handshakes at once on the peer port ",
                        "| a neighbour that does not read ",
                        "both ends equal",
                        " 0 leaks");
    }

    private static void run(String only, Path folder) throws IOException, InterruptedException {
        Path printed = folder.resolve("printed");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Dbench.only=" + only,
                        "-Dbench.rounds=1",
                        "-Dbench.windowMillis=50",
                        "-Dbench.warmUpMillis=50",
                        "-Dbench.stallSeconds=1",
                        "-Dbench.patienceMillis=1000",
                        "-Dbench.results=" + folder,
                        "-Dbench.plot=" + folder.resolve("plot.svg"),
                        "-jar",
                        "bench/target/herd-bench.jar"))
                .directory(PROJECT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        // The servers too are not worth the second compiler's time.
        builder.environment().put("_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
        Process bench = builder.start();
        try {
            assertThat(bench.waitFor(300, TimeUnit.SECONDS)).isTrue();
        } finally {
            bench.destroy();
        }

        assertThat(bench.exitValue()).as(Files.readString(printed)).isZero();
    }
}
