package io.serverherd.operator.desired;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;

/** The one container of a server's pod. */
final class ServerContainer {
    static final String CONFIG_VOLUME = "config";
    static final String SCRATCH_VOLUME = "tmp";
    static final String TLS_VOLUME = "peer-tls";

    private static final String CONFIG_DIR = "/etc/serverherd/config";
    private static final String TLS_DIR = "/etc/serverherd/peer-tls";

    private ServerContainer() {}

    static Container of(
            HerdIdentity herd,
            DesiredServer server,
            String image,
            SecretMounts secrets,
            ProxyVariables proxies,
            ResourceRequirements resources) {
        return new ContainerBuilder()
                .withName("server")
                .withImage(image)
                .withEnv(environment(herd, server, secrets, proxies))
                .withPorts(
                        port(Ports.CLIENT_NAME, Ports.CLIENT),
                        port(Ports.PEER_NAME, Ports.PEER),
                        port(Ports.ADMIN_NAME, Ports.ADMIN))
                .withVolumeMounts(mounts(secrets))
                .withResources(resources)
                // Up to 5 minutes to start: where many start at once, one is not rare. Not /readyz: a server without a
                // herd.json it can use waits for one, and a restart would only lose what it knows.
                .withStartupProbe(probe("/livez", 1, 2, 300))
                // Every second, so that a quick start is seen at once.
                .withReadinessProbe(probe("/readyz", 1, 2, 3))
                .withLivenessProbe(probe("/livez", 10, 5, 3))
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .build();
    }

    private static List<EnvVar> environment(
            HerdIdentity herd, DesiredServer server, SecretMounts secrets, ProxyVariables proxies) {
        List<EnvVar> environment = new ArrayList<>();
        environment.add(variable("HERD_NAME", herd.name()));
        environment.add(variable("HERD_SERVER", server.name()));
        environment.add(variable("HERD_BIND", "0.0.0.0"));
        environment.add(variable("HERD_CLIENT_PORT", String.valueOf(Ports.CLIENT)));
        environment.add(variable("HERD_PEER_PORT", String.valueOf(Ports.PEER)));
        environment.add(variable("HERD_ADMIN_PORT", String.valueOf(Ports.ADMIN)));
        environment.add(variable("HERD_CONFIG_DIR", CONFIG_DIR));
        // In every mode, as herd.json says where it is used: switching to TLS restarts nobody.
        environment.add(variable("HERD_TLS_DIR", TLS_DIR));
        environment.add(variable("HERD_DATA_DIR", ServerData.DIR));
        environment.addAll(secrets.environment());
        environment.addAll(proxies.environment());
        return environment;
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVar(name, value, null);
    }

    // Whole directories: a subPath mount would never see an update.
    private static List<VolumeMount> mounts(SecretMounts secrets) {
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(mount(CONFIG_VOLUME, CONFIG_DIR, true));
        mounts.add(mount(TLS_VOLUME, TLS_DIR, true));
        mounts.addAll(secrets.mounts());
        mounts.add(mount(ServerData.VOLUME, ServerData.DIR, null));
        // The native transport is unpacked here; the rest of the file system is read-only.
        mounts.add(mount(SCRATCH_VOLUME, "/tmp", null));
        return mounts;
    }

    /** @param readOnly null rather than false, which the API server would drop */
    private static VolumeMount mount(String volume, String path, Boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withReadOnly(readOnly)
                .build();
    }

    // Always with the protocol: it is part of the list's key in server-side apply.
    private static ContainerPort port(String name, int number) {
        return new ContainerPortBuilder()
                .withName(name)
                .withProtocol("TCP")
                .withContainerPort(number)
                .build();
    }

    private static Probe probe(String path, int periodSeconds, int timeoutSeconds, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withNewPort(Ports.ADMIN_NAME)
                .withScheme("HTTP")
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .withTimeoutSeconds(timeoutSeconds)
                .withFailureThreshold(failures)
                .build();
    }
}
