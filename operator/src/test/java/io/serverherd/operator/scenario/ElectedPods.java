package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.serverherd.operator.install.Chart;
import java.util.List;

/** Two replicas of the operator for one namespace, installed by Helm in another. One that goes is replaced. */
final class ElectedPods implements ElectedOperators {
    private static final String RELEASE = "elected";

    private final RealCluster cluster;
    private final String namespace;

    private ElectedPods(RealCluster cluster, String namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
    }

    /** Returns when both are ready. */
    static ElectedPods start(RealCluster cluster, String watched) {
        String namespace = cluster.newNamespace();
        new Helm(Chart.FOLDER)
                .install()
                .withName(RELEASE)
                .withNamespace(namespace)
                .withKubeConfig(cluster.kubeconfig())
                .set("crd.install", "false")
                .set("replicas", "2")
                .set("watchNamespaces[0]", watched)
                .waitReady()
                .withTimeout((int) OperatedCluster.PATIENCE.toSeconds())
                .call();
        return new ElectedPods(cluster, namespace);
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public List<String> names() {
        return pods().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    private List<Pod> pods() {
        return cluster.client().pods().inNamespace(namespace).list().getItems();
    }

    @Override
    public String says(String name, String path) {
        try {
            return cluster.client()
                    .raw("/api/v1/namespaces/" + namespace + "/pods/" + name + ":8080/proxy" + path)
                    .stripTrailing();
        } catch (KubernetesClientException notReady) {
            return "";
        }
    }

    @Override
    public void stop(String name) {
        cluster.client().pods().inNamespace(namespace).withName(name).delete();
    }

    @Override
    public void kill(String name) throws Exception {
        Pod pod = cluster.client().pods().inNamespace(namespace).withName(name).get();
        cluster.killer().kill(pod);
        // Before the kubelet starts its container again.
        cluster.client().pods().resource(pod).withGracePeriod(0).delete();
    }

    @Override
    public void close() {
        Helm.uninstall(RELEASE)
                .withNamespace(namespace)
                .withKubeConfig(cluster.kubeconfig())
                .ignoreNotFound()
                .call();
        await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> assertThat(pods())
                .as("pods of the operators that were uninstalled")
                .isEmpty());
        cluster.deleteNamespace(namespace);
    }
}
