package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The machine that the cluster's control plane and its node run on, for what no API does to them. {@code
 * -Dscenario.node-shell=…} names a program that runs its arguments there, as root.
 */
record NodeShell(String program) {
    private static final String PROPERTY = "scenario.node-shell";

    /** Skips the test, aloud, where there is none. */
    static NodeShell required() {
        String program = System.getProperty(PROPERTY, "");
        assumeTrue(
                !program.isEmpty(),
                "SKIPPED: -D" + PROPERTY + " must name a program that runs its arguments on the cluster's node, as root"
                        + " (make e2e NODE_SHELL=…)");
        return new NodeShell(program);
    }

    /** What the command prints, errors included; it must succeed. */
    String run(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(program));
        all.addAll(List.of(command));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s\n%s", all, output).isZero();
        return output;
    }
}
