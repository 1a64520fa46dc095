package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The shell of a running pod. */
public record PodShell(KubernetesClient client, Pod pod) {

    /** Of any BusyBox; {@code -Dscenario.busybox=…} names another where the cluster has no way to Docker Hub. */
    static final String IMAGE = System.getProperty("scenario.busybox", "busybox:1");

    /** Makes the pod unless it is there, and waits until it runs. */
    static PodShell in(KubernetesClient client, Pod wanted) {
        if (client.resource(wanted).get() == null) {
            client.resource(wanted).create();
        }
        return new PodShell(
                client, client.resource(wanted).waitUntilReady(OperatedCluster.PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    /** What a command prints, errors included, whatever its exit code. */
    public String run(String command) throws Exception {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (ExecWatch exec = client.pods()
                .resource(pod)
                .writingOutput(output)
                .writingError(output)
                .exec("sh", "-c", command)) {
            assertThat(exec.exitCode().get(60, TimeUnit.SECONDS))
                    .as("exit code of %s", command)
                    .isNotNull();
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
