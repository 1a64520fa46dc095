package io.serverherd.operator.desired;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * The pod of one server, by the rules of Pod Security's profile "restricted". A change here replaces the pod, so what may
 * change without a restart is in {@code herd.json} instead, and nothing here depends on the operator's version.
 */
final class ServerPod {
    /** Of the node's image, said here too: the data volume is to belong to it, whatever the image. */
    private static final long USER = 65532;
    /** The node ends within 5 s of SIGTERM. */
    private static final long GRACE_SECONDS = 10;
    /** Of files with a private key: the server may read them, by its group, and nobody else. */
    static final int KEY_MODE = 0440;

    private ServerPod() {}

    static PodTemplateSpec template(
            HerdIdentity herd,
            DesiredServer server,
            String image,
            SecretMounts secrets,
            ProxyVariables proxies,
            ServerData data,
            MergedPodSettings pod) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(pod.labels())
                .addToLabels(Labels.ofServer(herd.name(), server.name(), server.setName()))
                .withAnnotations(pod.annotations())
                .addToAnnotations(herd.restart())
                .endMetadata()
                .withNewSpec()
                .withContainers(ServerContainer.of(herd, server, image, secrets, proxies, pod.resources()))
                .withVolumes(volumes(server, secrets, data))
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withFsGroup(USER)
                // A volume that has the group already is not walked through at every start.
                .withFsGroupChangePolicy("OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withAffinity(ServerPlacement.affinity(herd, pod.nodeAffinity()))
                .withTopologySpreadConstraints(ServerPlacement.spread(herd, pod.topologySpread()))
                .withNodeSelector(pod.nodeSelector())
                .withTolerations(pod.tolerations())
                .withPriorityClassName(pod.priorityClassName())
                .withImagePullSecrets(pod.imagePullSecrets())
                .endSpec()
                .build();
    }

    private static List<Volume> volumes(DesiredServer server, SecretMounts secrets, ServerData data) {
        List<Volume> volumes = new ArrayList<>();
        volumes.add(new VolumeBuilder()
                .withName(ServerContainer.CONFIG_VOLUME)
                .withNewConfigMap()
                .withName(server.setName())
                .endConfigMap()
                .build());
        // Both are named in every mode: a change of it replaces no pod. Of a file in both, the later one's is there.
        volumes.add(new VolumeBuilder()
                .withName(ServerContainer.TLS_VOLUME)
                .withNewProjected()
                .withDefaultMode(KEY_MODE)
                .withSources(
                        optional(PeerCertificate.nameOf(server.setName())),
                        optional(PeerSecret.nameOfServer(server.setName())))
                .endProjected()
                .build());
        volumes.addAll(secrets.volumes());
        volumes.addAll(data.volumes());
        volumes.add(new VolumeBuilder()
                .withName(ServerContainer.SCRATCH_VOLUME)
                .withNewEmptyDir()
                .withSizeLimit(new Quantity("64Mi"))
                .endEmptyDir()
                .build());
        return volumes;
    }

    private static VolumeProjection optional(String secret) {
        return new VolumeProjectionBuilder()
                .withNewSecret()
                .withName(secret)
                .withOptional(true)
                .endSecret()
                .build();
    }
}
