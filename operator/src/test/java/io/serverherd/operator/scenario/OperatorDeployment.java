package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.util.List;

/** The operator as it is installed in a cluster. */
final class OperatorDeployment implements OperatorUnderTest {

    static final String NAMESPACE = "serverherd-system";
    static final String NAME = "serverherd-operator";

    private final KubernetesClient client;
    private final ProcessKiller killer;
    private final int replicas;

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
            killer.kill(pod);
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

    /** What is there already stays. */
    void start() {
        deployment().scale(replicas);
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

    private static boolean isReady(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && Readiness.getInstance().isReady(pod);
    }
}
