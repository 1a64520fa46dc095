package io.serverherd.operator.scenario;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/** A cluster with the operator installed in it, for the tests of one class: pods are reached through its API server. */
public final class RealClusterUnderTest implements ClusterUnderTest {

    private final RealCluster cluster;
    private final ForwardedPorts ports;

    public RealClusterUnderTest(RealCluster cluster) {
        this.cluster = cluster;
        ports = new ForwardedPorts(cluster.client());
        cluster.operator().start(Map.of());
        cluster.operator().awaitReady();
    }

    @Override
    public KubernetesClient client() {
        return cluster.client();
    }

    @Override
    public Path kubeconfig() {
        return cluster.kubeconfig();
    }

    @Override
    public PodPorts ports() {
        return ports;
    }

    @Override
    public OperatorUnderTest operator() {
        return cluster.operator();
    }

    @Override
    public OperatorUnderTest startOperator(Map<String, String> settings) {
        cluster.operator().start(settings);
        return cluster.operator();
    }

    @Override
    public ElectedOperators startElected(String namespace) {
        return ElectedPods.start(cluster, namespace);
    }

    @Override
    public void kill(Pod pod) throws Exception {
        cluster.killer().kill(pod);
    }

    @Override
    public String newNamespace() {
        return cluster.newNamespace();
    }

    @Override
    public void deleteNamespace(String name) {
        cluster.deleteNamespace(name);
    }

    @Override
    public OptionalLong writes() {
        return OptionalLong.empty();
    }

    @Override
    public void close() throws IOException {
        ports.close();
    }
}
