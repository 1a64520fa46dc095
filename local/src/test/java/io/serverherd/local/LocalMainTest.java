package io.serverherd.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program as a process of its own, with a stand-in for the operator. */
class LocalMainTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final Map<String, String> environment = new LinkedHashMap<>();
    private Path screen;
    private Process process;

    @BeforeEach
    void makeInstallation() throws IOException {
        Path root = folder.resolve("project");
        screen = folder.resolve("screen");
        jar(root.resolve("node/target/herd-node.jar"), "io.serverherd.local.NoSuchServer");
        jar(root.resolve("operator/target/herd-operator.jar"), StandInOperator.class.getName());
        copy(Path.of("../crds"), root.resolve("crds"));
        copy(Path.of("../examples"), root.resolve("examples"));
        environment.put("HERD_ROOT", root.toString());
        environment.put("HERD_HOME", folder.resolve("home").toString());
        environment.put("HERD_POD_NETWORK", LocalCluster.randomPodNetwork());
        Iterator<Integer> ports = FreePorts.some(3).iterator();
        for (String port : List.of("HERD_API_PORT", "HERD_PLACES_PORT", "HERD_OPERATOR_PORT")) {
            environment.put(port, ports.next().toString());
        }
        environment.put("PATH", "/no/kubectl/here");
    }

    @AfterEach
    void end() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void aRunShowsHowToTalkAndEndsWithoutATrace() throws Exception {
        environment.put("PLACES_API_KEY", "s3cret-value");
        start();
        await().atMost(PATIENCE).until(() -> text().contains("five-node-herd: ready: Stood in"));
        await().atMost(PATIENCE).until(() -> text().contains("  WHATSAT kiwi.cs.ucla.edu 10 5"));
        List<ProcessHandle> children = process.descendants().toList();
        assertThat(children).isNotEmpty();

        // Ctrl-C
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(text())
                .contains("kubectl apply --server-side -f ")
                .contains("There is no kubectl on the PATH")
                .contains("api-key=$PLACES_API_KEY")
                .contains("five-node-herd: not ready: key of 12 bytes at https://maps.googleapis.com")
                .endsWith("Everything has ended.\n")
                .doesNotContain("s3cret-value");
        assertThat(folder.resolve("home/pods")).isEmptyDirectory();
        try (Stream<Path> files = Files.walk(folder.resolve("home"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .noneMatch(file -> content(file).contains("s3cret-value"));
        }
    }

    @Test
    void anOperatorThatDiesIsStartedAgain() throws Exception {
        start();
        await().atMost(PATIENCE).until(() -> text().contains("five-node-herd: ready: Stood in"));
        ProcessHandle operator = process.descendants()
                .filter(child -> child.info().commandLine().orElse("").contains("herd-operator.jar"))
                .findFirst()
                .orElseThrow();

        operator.destroyForcibly();

        await().atMost(PATIENCE).until(() -> text().contains("the operator ended with exit code 137"));
        await().atMost(PATIENCE).until(() -> process.descendants()
                .anyMatch(child -> child.pid() != operator.pid()
                        && child.info().commandLine().orElse("").contains("herd-operator.jar")));
    }

    @Test
    void aTakenPortEndsTheRunWithOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            environment.put("HERD_API_PORT", Integer.toString(taken.getLocalPort()));
            start();

            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }

        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(text())
                .contains("make run: port ")
                .contains("HERD_API_PORT=")
                .doesNotContain("\tat ");
    }

    @Test
    void aMissingJarSaysWhatToDo() throws Exception {
        Files.delete(folder.resolve("project/operator/target/herd-operator.jar"));
        start();

        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(text())
                .contains("herd-operator.jar is missing: run `make build`")
                .doesNotContain("\tat ");
    }

    @Test
    void helpNamesEverySetting() throws Exception {
        start("--help");

        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(text())
                .contains(environment.keySet().stream()
                        .filter(name -> name.startsWith("HERD_"))
                        .toList());
        assertThat(folder.resolve("home")).doesNotExist();
    }

    @Test
    void anUnknownArgumentIsRefused() throws Exception {
        start("--port=7080");

        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(text()).isEqualTo("herd-local: unknown argument \"--port=7080\"; there is --help\n");
    }

    private void start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                LocalMain.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(screen.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        process = builder.start();
    }

    private String text() {
        return content(screen);
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A jar that has nothing but a manifest: the classes are this test's. */
    private static void jar(Path file, String mainClass) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" "));
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.finish();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
