package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What only a real API server can tell of the CRD: what its rules may cost, by estimate and when they run. */
@Tag("e2e")
class RealApiServerIT {

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    @Test
    void theRulesAreWithinTheirBudget() throws IOException {
        ServerSideApply.dryRun(CLUSTER.client(), ProjectFiles.crd());
    }

    @Test
    void theClusterHasTheCrdOfTheseSources() throws IOException {
        assertThat(CLUSTER.client()
                        .getKubernetesSerialization()
                        .asJson(CLUSTER.client()
                                .resource(ProjectFiles.crd())
                                .get()
                                .getSpec()
                                .getVersions()
                                .get(0)
                                .getSchema()))
                .as("schema in the cluster: make install puts it there")
                .isEqualTo(CLUSTER.client()
                        .getKubernetesSerialization()
                        .asJson(ProjectFiles.crd()
                                .getSpec()
                                .getVersions()
                                .get(0)
                                .getSchema()));
    }

    @Test
    void theLargestHerdAllowedIsTaken() {
        String servers =
                words(IntStream.range(0, 200).mapToObj(RealApiServerIT::name).toList());
        String edges = words(IntStream.range(0, 1_000)
                .mapToObj(i -> name(i % 200) + "-" + name((i + 1 + i / 200) % 200))
                .toList());
        HerdManifest largest = HerdManifest.herd("largest").servers(servers).edges(edges);

        ServerSideApply.dryRun(CLUSTER.client(), largest.in(CLUSTER.newNamespace()));
    }

    private static String name(int i) {
        return "Server" + "x".repeat(22) + String.format("%04d", i);
    }

    private static String words(List<String> words) {
        return String.join(" ", words);
    }
}
