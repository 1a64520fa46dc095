package io.serverherd.local.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.serverherd.local.kubelet.volume.MountException;
import io.serverherd.local.kubelet.volume.PodVolumes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a pod's containers stand on: its volumes, its folder, its address. Confined to the pod's executor. */
final class PodSandbox {

    private static final Logger LOG = LoggerFactory.getLogger(PodSandbox.class);

    private final KubeletSettings settings;
    private final PodVolumes podVolumes;
    private final AddressPool pool;
    private final RunningPods registry;
    private Map<String, Path> volumes = Map.of();
    private Optional<PodAddresses> addresses = Optional.empty();

    PodSandbox(KubeletSettings settings, PodVolumes.Sources sources, AddressPool pool, RunningPods registry) {
        this.settings = settings;
        this.podVolumes = new PodVolumes(sources, settings.podsFolder(), settings.claimsFolder(), settings.clock());
        this.pool = pool;
        this.registry = registry;
    }

    boolean isReady() {
        return addresses.isPresent();
    }

    /** @throws MountException when something is missing; it can be tried again */
    void prepare(Pod pod) throws MountException {
        Map<String, Path> mounted = podVolumes.mount(pod);
        try {
            Files.createDirectories(temporaryFolder(pod));
        } catch (IOException e) {
            throw new MountException("folder %s: %s".formatted(temporaryFolder(pod), e.getMessage()), e);
        }
        String ip = pool.take()
                .orElseThrow(() -> new MountException(
                        "all addresses of the pod network %s are taken".formatted(settings.podNetwork())));
        volumes = mounted;
        addresses = Optional.of(new PodAddresses(ip, KubeletSettings.HOST_IP, KubeletSettings.NODE_NAME));
        registry.setAddress(pod, Optional.of(ip));
    }

    /** Brings the volumes' contents up to date; where that fails the pod goes on with what it has. */
    void refresh(Pod pod) throws MountException {
        podVolumes.mount(pod);
    }

    /** Present once it is prepared. */
    Optional<PodAddresses> addresses() {
        return addresses;
    }

    ContainerTranslation translation(Pod pod) {
        return new ContainerTranslation(addresses.orElseThrow(), volumes, settings.hostsFile(), temporaryFolder(pod));
    }

    void release(Pod pod) {
        registry.remove(pod);
        addresses.map(PodAddresses::podIP).ifPresent(pool::giveBack);
        try {
            podVolumes.unmount(pod);
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("folder", podVolumes.folderOf(pod))
                    .addKeyValue("error", e)
                    .log("folder of an ended pod stays; the next start removes it");
        }
    }

    private Path temporaryFolder(Pod pod) {
        return podVolumes.folderOf(pod).resolve("tmp");
    }
}
