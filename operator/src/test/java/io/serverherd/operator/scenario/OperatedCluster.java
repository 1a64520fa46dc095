package io.serverherd.operator.scenario;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A cluster with the operator in it, for the tests of one class: the same tests wherever it is. */
final class OperatedCluster implements BeforeAllCallback, AfterAllCallback {

    static final String DEFAULT_IMAGE = "ghcr.io/serverherd/herd-node:0.1.0";
    static final String OTHER_IMAGE = "ghcr.io/serverherd/herd-node:0.1.1";

    private ClusterUnderTest cluster;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        cluster = LocalClusterUnderTest.start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        cluster.close();
    }

    KubernetesClient client() {
        return cluster.client();
    }

    Path kubeconfig() {
        return cluster.kubeconfig();
    }

    /** Requests so far, of anybody, that asked the API for a change; empty where nobody counts them. */
    OptionalLong writes() {
        return cluster.writes();
    }

    OperatorUnderTest operator() {
        return cluster.operator();
    }

    OperatorUnderTest startOperator() throws Exception {
        return startOperator(DEFAULT_IMAGE);
    }

    OperatorUnderTest startOperator(String defaultImage) throws Exception {
        return cluster.startOperator(defaultImage);
    }

    String newNamespace() {
        return cluster.newNamespace();
    }

    /** A herd in a namespace of its own. */
    HerdUnderTest apply(HerdManifest manifest) {
        return apply(newNamespace(), manifest);
    }

    HerdUnderTest apply(String namespace, HerdManifest manifest) {
        HerdUnderTest herd = herd(namespace, manifest);
        herd.apply(manifest);
        return herd;
    }

    /** A herd that somebody else applied, expected to be as the manifest says. */
    HerdUnderTest herd(String namespace, HerdManifest manifest) {
        return new HerdUnderTest(client(), cluster.ports(), namespace, manifest);
    }
}
