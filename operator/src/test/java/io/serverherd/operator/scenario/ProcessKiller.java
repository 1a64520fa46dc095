package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * Kills processes in containers as the kernel would when memory runs out. No API does that: deleting a pod with no grace
 * still asks its processes first, and in a container nobody can kill its first process. So it is done from a pod that
 * sees all processes of its machine.
 */
final class ProcessKiller {

    private final KubernetesClient client;
    private final String namespace;

    /** @param namespace where privileged pods may run; who made it deletes it */
    ProcessKiller(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** Every process of the pod's first container. The kubelet starts it again. */
    void kill(Pod pod) throws Exception {
        String container = pod.getStatus().getContainerStatuses().get(0).getContainerID();
        String id = container.substring(container.indexOf("//") + 2);
        String script = """
                for process in /proc/[0-9]*; do
                  if grep -q %s $process/cgroup 2>/dev/null; then kill -9 ${process#/proc/} && echo killed; fi
                done
                """.formatted(id);
        assertThat(PodShell.in(client, podOn(pod.getSpec().getNodeName())).run(script))
                .as("what the killer of %s said", pod.getMetadata().getName())
                .contains("killed");
    }

    private Pod podOn(String machine) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("killer-" + machine)
                .endMetadata()
                .withNewSpec()
                .withNodeName(machine)
                .withHostPID(true)
                .withTerminationGracePeriodSeconds(0L)
                .addNewContainer()
                .withName("killer")
                .withImage(PodShell.IMAGE)
                .withCommand("sleep", "86400")
                .withNewSecurityContext()
                .withRunAsUser(0L)
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build();
    }
}
