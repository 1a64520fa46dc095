package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The operator as it is installed in a cluster. */
public final class OperatorDeployment implements OperatorUnderTest {

    public static final String NAMESPACE = "serverherd-system";
    public static final String NAME = "serverherd-operator";

    private final KubernetesClient client;
    private final ProcessKiller killer;
    private final int replicas;
    private final List<EnvVar> environment;

    /** @throws AssertionError when there is none */
    OperatorDeployment(KubernetesClient client, ProcessKiller killer) {
        this.client = client;
        this.killer = killer;
        Deployment found = deployment().get();
        assertThat(found)
                .as("deployment %s in namespace %s: make install puts it there", NAME, NAMESPACE)
                .isNotNull();
        // Nobody installs none: a run before this one was ended while it had sent the operator away.
        replicas = Math.max(1, found.getSpec().getReplicas());
        environment = List.copyOf(container(found).getEnv());
    }

    @Override
    public OperatorDeployment awaitReady() {
        await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> {
            List<Pod> pods = pods();
            assertThat(pods).as("pods of the operator").hasSize(replicas);
            assertThat(pods).as("pods of the operator, ready").allMatch(OperatorDeployment::isReady);
        });
        return this;
    }

    @Override
    public void kill() throws Exception {
        List<Pod> pods = pods();
        for (Pod pod : pods) {
            if (runs(pod)) {
                killer.kill(pod);
            }
        }
        deployment().scale(0);
        // Before the kubelet starts their containers again.
        for (Pod pod : pods) {
            client.pods().resource(pod).withGracePeriod(0).delete();
        }
        awaitNone();
    }

    @Override
    public void stop() {
        deployment().scale(0);
        awaitNone();
    }

    /** What is there already stays, where the settings do. */
    void start(Map<String, String> settings) {
        List<EnvVar> all = new ArrayList<>(environment);
        all.removeIf(variable -> settings.containsKey(variable.getName()));
        settings.forEach((name, value) -> all.add(new EnvVar(name, value, null)));
        // Its controller writes too, and who comes second has to look again.
        await().atMost(OperatedCluster.PATIENCE)
                .ignoreExceptionsMatching(OperatorDeployment::isConflict)
                .until(() -> deployment().edit(found -> {
                            container(found).setEnv(all);
                            found.getSpec().setReplicas(replicas);
                            return found;
                        })
                        != null);
    }

    private static boolean isConflict(Throwable failure) {
        return failure instanceof KubernetesClientException refused
                && refused.getCode() == HttpURLConnection.HTTP_CONFLICT;
    }

    private static Container container(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
    }

    private void awaitNone() {
        await().atMost(OperatedCluster.PATIENCE)
                .untilAsserted(() -> assertThat(pods()).isEmpty());
    }

    private List<Pod> pods() {
        return client.pods()
                .inNamespace(NAMESPACE)
                .withLabel("app.kubernetes.io/name", NAME)
                .list()
                .getItems();
    }

    private RollableScalableResource<Deployment> deployment() {
        return client.apps().deployments().inNamespace(NAMESPACE).withName(NAME);
    }

    /** One that is just being made has no process yet. */
    private static boolean runs(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .anyMatch(container -> container.getState().getRunning() != null);
    }

    private static boolean isReady(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && Readiness.getInstance().isReady(pod);
    }
}
