package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What only a real API server can tell: whether it takes the CRD within its budget, and refuses what ours refuses. */
@Tag("e2e")
class RealApiServerIT {

    private static KubernetesClient client;
    private static String namespace;

    @BeforeAll
    static void applyTheCrd() throws Exception {
        assertThat(System.getenv("KUBECONFIG"))
                .as("the environment variable KUBECONFIG must name a cluster to test on")
                .isNotBlank();
        client = new KubernetesClientBuilder().build();
        namespace = "herd-api-" + UUID.randomUUID().toString().substring(0, 8);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        ServerSideApply.of(client, ProjectFiles.crd());
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("serverherds.serverherd.io")
                .waitUntilCondition(RealApiServerIT::established, 30, TimeUnit.SECONDS);
    }

    @AfterAll
    static void removeTheNamespace() {
        client.namespaces().withName(namespace).delete();
        client.close();
    }

    @ParameterizedTest
    @MethodSource("io.serverherd.operator.scenario.Refusal#all")
    void refusesAndNamesTheField(Refusal refusal) {
        refusal.assertRefusedBy(client, namespace);
    }

    @ParameterizedTest
    @MethodSource("io.serverherd.operator.scenario.ProjectFiles#examples")
    void acceptsEveryExample(Path example) throws IOException {
        for (HasMetadata object : ProjectFiles.load(example)) {
            object.getMetadata().setNamespace(namespace);
            ServerSideApply.dryRun(client, object);
        }
    }

    @Test
    void acceptsTheLargestHerdAllowed() {
        String servers = words(IntStream.range(0, 200).mapToObj(i -> name(i)).toList());
        String edges = words(IntStream.range(0, 1_000)
                .mapToObj(i -> name(i % 200) + "-" + name((i + 1 + i / 200) % 200))
                .toList());

        ServerSideApply.dryRun(
                client,
                HerdManifest.herd("largest").servers(servers).edges(edges).in(namespace));
    }

    private static String name(int i) {
        return "Server" + "x".repeat(22) + String.format("%04d", i);
    }

    private static String words(List<String> words) {
        return String.join(" ", words);
    }

    private static boolean established(CustomResourceDefinition crd) {
        return crd != null
                && crd.getStatus() != null
                && crd.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals("Established")
                                && c.getStatus().equals("True"));
    }
}
