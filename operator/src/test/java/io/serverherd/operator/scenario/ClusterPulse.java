package io.serverherd.operator.scenario;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * Whether the cluster itself works: its controllers and its kubelet wait longer before each attempt to reach an API server
 * that was away, up to a minute where faults follow each other (client-go's reflectors: 0.8 s, doubled up to 30 s, and up to
 * as much again at random; forgotten after two minutes without).
 */
record ClusterPulse(KubernetesClient client, String namespace) {
    private static final Map<String, String> LABELS = Map.of("app", "pulse");

    /** Until a StatefulSet that is made now has a pod that runs. */
    void awaitBeat() {
        client.resource(set()).create();
        Awaitility.await("a pod of a set made after the fault")
                .atMost(OperatedCluster.PATIENCE)
                .ignoreExceptions()
                .until(() -> {
                    Integer ready = client.resource(set()).get().getStatus().getReadyReplicas();
                    return ready != null && ready == 1;
                });
    }

    private StatefulSet set() {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("pulse")
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withNewSelector()
                .withMatchLabels(LABELS)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(LABELS)
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(0L)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(65532L)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewContainer()
                .withName("pulse")
                .withImage(PodShell.IMAGE)
                .withCommand("sleep", "3600")
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
