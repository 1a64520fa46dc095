package io.serverherd.local.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.serverherd.local.kubelet.probe.ContainerProbes;
import io.serverherd.local.process.ProcessSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What a container needs of its pod. */
interface PodContext {

    /** As the API last told it. */
    Pod pod();

    KubeletSettings settings();

    PodEvents events();

    PodExecutor executor();

    /** The pod is being deleted, or the kubelet is closing: nothing is restarted. */
    boolean stopping();

    /** From SIGTERM to SIGKILL. */
    Duration grace();

    ProcessSpec process(Container container, List<String> entrypoint, ContainerTranslation translation)
            throws ContainerConfigException;

    /** @param run 0 for the first */
    Path logFile(String container, int run);

    ContainerProbes probes(Container container, ContainerProbes.Listener listener);

    /** A container's status is another now. */
    void changed();

    /** All containers are looked at again after this time. */
    void syncAfter(Duration delay);
}
