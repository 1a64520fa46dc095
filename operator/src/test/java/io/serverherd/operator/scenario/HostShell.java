package io.serverherd.operator.scenario;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * Shells that see the processes of pods as the pods' machines see them: in a container there may be no shell, and nobody in it
 * can kill its first process.
 */
public final class HostShell {

    private final KubernetesClient client;
    private final String namespace;

    /** @param namespace where privileged pods may run; who made it deletes it */
    HostShell(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * Runs a command for every process of the pod's first container.
     *
     * @param command may use {@code $pid}
     * @return what they print
     */
    public String forEachProcess(Pod pod, String command) throws Exception {
        String container = pod.getStatus().getContainerStatuses().get(0).getContainerID();
        String id = container.substring(container.indexOf("//") + 2);
        return PodShell.in(client, podOn(pod.getSpec().getNodeName())).run("""
                for process in /proc/[0-9]*; do
                  pid=${process#/proc/}
                  if grep -q %s $process/cgroup 2>/dev/null; then %s; fi
                done
                """.formatted(id, command));
    }

    private Pod podOn(String machine) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("host-shell-" + machine)
                .endMetadata()
                .withNewSpec()
                .withNodeName(machine)
                .withHostPID(true)
                .withTerminationGracePeriodSeconds(0L)
                .addNewContainer()
                .withName("shell")
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
