package io.serverherd.operator.scenario;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.serverherd.local.LocalCluster;
import io.serverherd.local.kubelet.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The local cluster with the CRD in it and the operator's jar beside it, for the tests of one class. */
final class OperatedCluster implements BeforeAllCallback, AfterAllCallback {

    static final String DEFAULT_IMAGE = "ghcr.io/serverherd/herd-node:0.1.0";
    static final String OTHER_IMAGE = "ghcr.io/serverherd/herd-node:0.1.1";

    private Path state;
    private LocalCluster cluster;
    private OperatorProcess operator;
    private int namespaces;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        state = Files.createTempDirectory("herd-scenario-");
        cluster = LocalCluster.start(new LocalCluster.Options(
                state,
                LocalCluster.randomPodNetwork(),
                Images.none().withJar("ghcr.io/serverherd/herd-node", ProjectFiles.NODE_JAR)));
        applyCrd();
        startOperator().awaitReady();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        operator.stop();
        cluster.close();
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    KubernetesClient client() {
        return cluster.client();
    }

    Path kubeconfig() {
        return cluster.kubeconfig();
    }

    /** Requests so far, of anybody, that asked the API for a change. */
    long writes() {
        return cluster.writes();
    }

    OperatorProcess operator() {
        return operator;
    }

    OperatorProcess startOperator() throws IOException {
        operator = OperatorProcess.start(cluster.kubeconfig(), Map.of("OPERATOR_NODE_IMAGE", DEFAULT_IMAGE));
        return operator;
    }

    String newNamespace() {
        String name = "scenario-" + ++namespaces;
        client().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        return name;
    }

    /** A herd in a namespace of its own. */
    HerdUnderTest apply(HerdManifest manifest) {
        return HerdUnderTest.apply(client(), newNamespace(), manifest);
    }

    CustomResourceDefinition crd() throws IOException {
        return (CustomResourceDefinition) ProjectFiles.load(ProjectFiles.CRD).get(0);
    }

    void applyCrd() throws IOException {
        client().resource(crd())
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager("scenario")
                        .withForce(true)
                        .build());
    }
}
