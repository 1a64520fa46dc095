package io.serverherd.local.kubelet;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** This machine as the API's only node. Written once: nothing here acts on a node's heartbeat. */
final class NodeObject {

    private NodeObject() {}

    static void register(KubernetesClient client, Instant now) {
        Node node = client.nodes()
                .resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(KubeletSettings.NODE_NAME)
                        .addToLabels("kubernetes.io/hostname", KubeletSettings.NODE_NAME)
                        .addToLabels("kubernetes.io/os", operatingSystem())
                        .addToLabels("kubernetes.io/arch", architecture())
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .build())
                .create();
        client.nodes()
                .resource(new NodeBuilder(node).withStatus(status(now)).build())
                .updateStatus();
    }

    private static NodeStatus status(Instant now) {
        String time = PodStatuses.time(now);
        Map<String, Quantity> capacity = Map.of(
                "cpu",
                new Quantity(Integer.toString(Runtime.getRuntime().availableProcessors())),
                "pods",
                new Quantity("254"));
        return new NodeBuilder()
                .withNewStatus()
                .addNewAddress(KubeletSettings.HOST_IP, "InternalIP")
                .addNewAddress(KubeletSettings.NODE_NAME, "Hostname")
                .withCapacity(capacity)
                .withAllocatable(capacity)
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withReason("KubeletReady")
                .withMessage("runs pods as processes of this machine")
                .withLastHeartbeatTime(time)
                .withLastTransitionTime(time)
                .endCondition()
                .withNewNodeInfo()
                .withOperatingSystem(operatingSystem())
                .withArchitecture(architecture())
                .withOsImage(System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .withKernelVersion(System.getProperty("os.version"))
                .withContainerRuntimeVersion("process://" + Runtime.version().feature())
                .withKubeletVersion("v0-local")
                .withBootID("")
                .withMachineID("")
                .withSystemUUID("")
                .withKubeProxyVersion("")
                .endNodeInfo()
                .endStatus()
                .build()
                .getStatus();
    }

    private static String operatingSystem() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : "linux";
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }
}
