package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The real kubectl, where there is one. */
final class Kubectl {

    private final Path kubeconfig;
    private final String namespace;

    Kubectl(Path kubeconfig, String namespace) {
        this.kubeconfig = kubeconfig;
        this.namespace = namespace;
    }

    static boolean isInstalled() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, "kubectl").canExecute());
    }

    /** What kubectl prints, errors included; it must succeed. */
    String run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    String run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Result result = result(environment, arguments);
        assertThat(result.code())
                .as("kubectl %s\n%s", Arrays.toString(arguments), result.output())
                .isZero();
        return result.output();
    }

    /** What kubectl prints when it is refused or gives up; it must not succeed. */
    String fail(String... arguments) throws IOException, InterruptedException {
        Result result = result(Map.of(), arguments);
        assertThat(result.code())
                .as("kubectl %s\n%s", Arrays.toString(arguments), result.output())
                .isNotZero();
        return result.output();
    }

    private record Result(int code, String output) {}

    private Result result(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder = builder(arguments);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    /** The first line of what kubectl prints, whether it succeeds or not: {@code auth can-i} fails to say no. */
    String answer(String... arguments) throws IOException, InterruptedException {
        Process process = builder(arguments).redirectErrorStream(false).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.lines().findFirst().orElse("");
    }

    /** A kubectl that goes on until it is ended, such as port-forward. */
    Process start(String... arguments) throws IOException {
        return builder(arguments).start();
    }

    private ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(List.of("kubectl", "-n", namespace));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        return builder;
    }
}
