package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;

/**
 * Kills processes in containers as the kernel would when memory runs out. No API does that: deleting a pod with no grace
 * still asks its processes first.
 */
final class ProcessKiller {

    private final HostShell shell;

    ProcessKiller(HostShell shell) {
        this.shell = shell;
    }

    /** Every process of the pod's first container. The kubelet starts it again. */
    void kill(Pod pod) throws Exception {
        assertThat(shell.forEachProcess(pod, "kill -9 $pid && echo killed"))
                .as("what the killer of %s said", pod.getMetadata().getName())
                .contains("killed");
    }
}
