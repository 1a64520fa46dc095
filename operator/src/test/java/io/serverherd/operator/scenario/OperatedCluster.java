package io.serverherd.operator.scenario;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A cluster with the operator in it, for the tests of one class: the local one, or with {@code -Dscenario.cluster=kubeconfig}
 * the one that KUBECONFIG names. The tests are the same; a class that only makes sense on one of them is tagged {@code local}
 * or {@code e2e}. What a test makes goes when it ends, what a class makes before its tests goes after them.
 */
final class OperatedCluster implements BeforeAllCallback, AfterAllCallback, AfterEachCallback, BeforeEachCallback {

    /** How long a condition may take where the time is not what is tested: the machine may be busy. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private ClusterUnderTest cluster;
    private final List<String> namespacesOfTheClass = new ArrayList<>();
    private List<String> namespaces = namespacesOfTheClass;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        cluster = isReal() ? new RealClusterUnderTest(theRealOne(context)) : LocalClusterUnderTest.start();
    }

    static boolean isReal() {
        return System.getProperty("scenario.cluster", "local").equals("kubeconfig");
    }

    /** Lives as long as the run, and is closed with it. */
    private static RealCluster theRealOne(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(RealCluster.class, key -> new RealCluster(), RealCluster.class);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        namespaces = new ArrayList<>();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        namespaces.forEach(cluster::deleteNamespace);
        namespaces = namespacesOfTheClass;
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        namespacesOfTheClass.forEach(cluster::deleteNamespace);
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
        return startOperator(Map.of());
    }

    /** @param settings environment beside its own, until it is started again */
    OperatorUnderTest startOperator(Map<String, String> settings) throws Exception {
        return cluster.startOperator(settings);
    }

    /**
     * Starts two operators that elect a leader, and returns when both are ready. The cluster's own must have been ended.
     *
     * @param namespace of the herds
     */
    ElectedOperators startElected(String namespace) throws Exception {
        return cluster.startElected(namespace);
    }

    /** A pod's server, as the kernel would when memory runs out. */
    void kill(Pod pod) throws Exception {
        cluster.kill(pod);
    }

    String newNamespace() {
        String namespace = cluster.newNamespace();
        namespaces.add(namespace);
        return namespace;
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
