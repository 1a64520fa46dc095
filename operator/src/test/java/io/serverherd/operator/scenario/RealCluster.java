package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** The cluster that KUBECONFIG names, for one run of the tests; at the end of the run it is as it was before. */
public final class RealCluster implements AutoCloseable {

    private static final String RUN = "serverherd.io/scenario-run";
    private static final String POD_SECURITY = "pod-security.kubernetes.io/enforce";

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final AtomicInteger namespaces = new AtomicInteger();
    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final HostShell hostShell;
    private final ProcessKiller killer;
    private final OperatorDeployment operator;

    public RealCluster() {
        assertThat(System.getenv("KUBECONFIG"))
                .as("the environment variable KUBECONFIG must name the cluster to test on")
                .isNotBlank();
        hostShell = new HostShell(client, namespace("host", "privileged"));
        killer = new ProcessKiller(hostShell);
        operator = new OperatorDeployment(client, killer);
        // Where the run is ended before its end.
        Runtime.getRuntime().addShutdownHook(new Thread(this::leave, "leave-the-cluster"));
    }

    KubernetesClient client() {
        return client;
    }

    public HostShell hostShell() {
        return hostShell;
    }

    Path kubeconfig() {
        return Path.of(System.getenv("KUBECONFIG"));
    }

    ProcessKiller killer() {
        return killer;
    }

    public OperatorDeployment operator() {
        return operator;
    }

    /** Its pods must be as harmless as Kubernetes knows to ask for. */
    String newNamespace() {
        return namespace(Integer.toString(namespaces.incrementAndGet()), "restricted");
    }

    private String namespace(String name, String podSecurity) {
        Namespace namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName("herd-scenario-" + run + "-" + name)
                .addToLabels(RUN, run)
                .addToLabels(POD_SECURITY, podSecurity)
                .endMetadata()
                .build();
        return client.resource(namespace).create().getMetadata().getName();
    }

    /** Begins it; the namespace is gone some 10 s later. */
    void deleteNamespace(String name) {
        client.namespaces().withName(name).delete();
    }

    private void leave() {
        operator.start(Map.of());
        client.namespaces().withLabel(RUN, run).delete();
    }

    /** Waits until nothing of the run is left. */
    @Override
    public void close() {
        leave();
        await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> assertThat(
                        client.namespaces().withLabel(RUN, run).list().getItems())
                .as("namespaces of the tests that do not go")
                .isEmpty());
    }
}
