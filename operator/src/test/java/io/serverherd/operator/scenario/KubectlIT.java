package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README tells a newcomer to type, typed. */
class KubectlIT {

    private static final String EXAMPLE =
            ProjectFiles.ROOT.resolve("examples/five-node-herd.yaml").toString();

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    /** The example's herd, as applied; tests that change a herd make one of their own. */
    private static Kubectl kubectl;

    private static HerdUnderTest herd;

    @BeforeAll
    static void applyTheExample() throws Exception {
        assumeTrue(Kubectl.isInstalled(), "SKIPPED: there is no kubectl on the PATH");
        String namespace = CLUSTER.newNamespace();
        kubectl = new Kubectl(CLUSTER.kubeconfig(), namespace);
        kubectl.run("apply", "-f", EXAMPLE);
        herd = CLUSTER.herd(namespace, HerdManifest.fiveNodes("five-node-herd"));
        kubectl.run("wait", "--for=condition=Ready", "herd/five-node-herd", "--timeout=180s");
        herd.awaitReady();
    }

    @Test
    void getShowsServersEdgesAndStatus() throws Exception {
        assertThat(kubectl.run("get", "herd"))
                .matches("(?s)NAME +SERVERS +EDGES +READY +STATUS +AGE\\s*\nfive-node-herd +5/5 +5/5 +True +.+\n");
        assertThat(kubectl.run("get", "pods", "--no-headers").lines())
                .hasSize(5)
                .allMatch(line -> line.matches("five-node-herd-\\w+-0 +1/1 +Running +0 .*"));
    }

    @Test
    void waitNeverPassesBeforeTheOperatorHasSeenTheHerd() throws Exception {
        assertThat(kubectl.run("get", "herd", "five-node-herd", "-o", "jsonpath={.status.observedGeneration}"))
                .isEqualTo(herd.read().at("/metadata/generation").asText());
    }

    @Test
    void editAddsAnEdgeWithoutARestart(@TempDir Path folder) throws Exception {
        HerdUnderTest triangle = CLUSTER.apply(
                        HerdManifest.herd("triangle").servers("A B C").edges("A-B B-C"))
                .awaitReady();
        Map<String, String> processes = triangle.processes();
        Path editor = folder.resolve("editor");
        Files.writeString(editor, "#!/bin/sh\nsed -i 's/^  edges:$/  edges:\\n  - {a: A, b: C}/' \"$1\"\n");
        editor.toFile().setExecutable(true);

        new Kubectl(CLUSTER.kubeconfig(), triangle.namespace())
                .run(Map.of("KUBE_EDITOR", editor.toString()), "edit", "herd", "triangle");

        await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> assertThat(
                        triangle.read().at("/status/summary/edges").asText())
                .isEqualTo("3/3"));
        assertThat(triangle.server("A").links()).containsKey("C");
        assertThat(triangle.processes()).isEqualTo(processes);
    }

    @Test
    void applyingTheFileAgainChangesNothingAndDiffIsEmpty() throws Exception {
        String version = herd.read().at("/metadata/resourceVersion").asText();

        assertThat(kubectl.run("apply", "-f", EXAMPLE)).contains("five-node-herd unchanged");
        assertThat(kubectl.run("diff", "-f", EXAMPLE)).isEmpty();
        assertThat(herd.read().at("/metadata/resourceVersion").asText()).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sts/five-node-herd-alford", "pod/five-node-herd-alford-0", "svc/five-node-herd"})
    void portForwardReachesAServer(String target) throws Exception {
        Process forward = kubectl.start("port-forward", target, ":12000");
        try {
            InetSocketAddress address = forwarded(forward);

            String reply = LineClient.ask(address, "IAMAT kiwi +34.068930-118.445127 1479413884.392014450");

            assertThat(reply).matches("AT \\w+ \\+\\d+\\.\\d{9} kiwi .*\n");
        } finally {
            forward.destroy();
        }
    }

    @Test
    void logsOfAServerTellItsEvents() throws Exception {
        assertThat(kubectl.run("logs", "five-node-herd-alford-0"))
                .contains("Hamilton")
                .contains("Welsh");
    }

    @Test
    void describeTellsConditionsAndEvents() throws Exception {
        assertThat(kubectl.run("describe", "herd", "five-node-herd")).contains("Ready", "TopologyConverged", "Events:");
    }

    @Test
    void explainTellsWhatAnEdgeIs() throws Exception {
        assertThat(kubectl.run("explain", "herd.spec.edges")).contains("neighbours", "a\t<string> -required-");
    }

    @Test
    void explainDescribesEveryFieldThatHasFields() throws Exception {
        List<String> paths = new ArrayList<>();
        paths(
                "herd",
                ProjectFiles.crd().getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema(),
                paths);

        assertThat(paths).contains("herd.spec", "herd.spec.servers.pod", "herd.status.conditions");
        for (String path : paths) {
            assertThat(kubectl.run("explain", path)).as(path).doesNotContain("<no description>");
        }
    }

    private static void paths(String path, JSONSchemaProps schema, List<String> paths) {
        JSONSchemaProps fields =
                schema.getItems() == null ? schema : schema.getItems().getSchema();
        if (fields.getProperties() != null && !fields.getProperties().isEmpty()) {
            paths.add(path);
            fields.getProperties().forEach((name, field) -> paths(path + "." + name, field, paths));
        }
    }

    private static InetSocketAddress forwarded(Process forward) throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(forward.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        Matcher port = Pattern.compile("Forwarding from 127\\.0\\.0\\.1:(\\d+) -> 12000")
                .matcher(String.valueOf(line));
        assertThat(port.find()).as("kubectl port-forward said: %s", line).isTrue();
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(port.group(1)));
    }
}
