package io.serverherd.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The real kubectl, speaking to the test's server. */
final class Kubectl {

    /** What a command left behind. */
    record Result(int code, String out, String err) {

        /** Standard output of a command that must have worked. */
        String succeeds() {
            assertThat(code)
                    .as("exit code; standard error: %s; standard output: %s", err, out)
                    .isZero();
            return out;
        }

        /** Standard error of a command that must have failed. */
        String fails() {
            assertThat(code).as("exit code; standard output: %s", out).isNotZero();
            return err;
        }
    }

    private static final long SECONDS_AT_MOST = 60;

    private final Path folder;
    private final Map<String, String> environment;

    private Kubectl(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    static Kubectl orSkip(Path folder) {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/kubectl"))
                        || Files.isExecutable(Path.of("/usr/local/bin/kubectl")),
                "SKIPPED: no kubectl in /usr/bin or /usr/local/bin");
        return new Kubectl(folder, Map.of());
    }

    Result run(String... arguments) {
        return runWith("", arguments);
    }

    /** @param input given to kubectl's standard input, for {@code -f -} */
    Result runWith(String input, String... arguments) {
        try (Running running = start(arguments)) {
            running.process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            running.process.getOutputStream().close();
            if (!running.process.waitFor(SECONDS_AT_MOST, TimeUnit.SECONDS)) {
                throw new AssertionError(
                        "kubectl " + List.of(arguments) + " did not end; it said: " + running.out() + running.err());
            }
            return new Result(running.process.exitValue(), running.out(), running.err());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param editor what {@code kubectl edit} calls with the file */
    Result editWith(String editor, String... arguments) {
        return new Kubectl(folder, Map.of("KUBE_EDITOR", editor)).run(arguments);
    }

    /** Starts a command that goes on, such as a watch; closing it ends the command. */
    Running start(String... arguments) {
        try {
            List<String> command = new ArrayList<>(List.of("kubectl"));
            command.addAll(List.of(arguments));
            Path out = Files.createTempFile(folder, "kubectl", ".out");
            Path err = Files.createTempFile(folder, "kubectl", ".err");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().put("KUBECONFIG", folder.resolve("kubeconfig").toString());
            builder.environment().put("HOME", folder.toString()); // kubectl's cache
            builder.environment().putAll(environment);
            return new Running(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record Running(Process process, Path outFile, Path errFile) implements AutoCloseable {

        String out() {
            return read(outFile);
        }

        String err() {
            return read(errFile);
        }

        private static String read(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }
}
