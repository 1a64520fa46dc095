package io.serverherd.local.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.serverherd.local.kubelet.probe.ContainerProbes;
import io.serverherd.local.kubelet.volume.MountException;
import io.serverherd.local.kubelet.volume.PodVolumes;
import io.serverherd.local.process.ProcessSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after one pod, from its first sight to its end.
 *
 * <pre>
 *   new ──bound──▶ mounting ──volumes, address──▶ running ──deletion──▶ stopping ──all ended──▶ deleted in the API
 *                    │    ▲                          │                      ▲
 *                    └────┘ FailedMount, retried     └── kubelet closes ────┘  (then nothing is written)
 * </pre>
 *
 * All fields are confined to the pod's executor.
 */
final class PodWorker implements PodContext {

    private static final Logger LOG = LoggerFactory.getLogger(PodWorker.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_MOUNT_RETRY = Duration.ofSeconds(8);
    /** For a pod whose object was removed by force: nobody waits for it any more. */
    private static final Duration FORCED_GRACE = Duration.ofSeconds(2);

    private final KubeletSettings settings;
    private final PodApi api;
    private final PodEvents events;
    private final PodVolumes podVolumes;
    private final AddressPool pool;
    private final RunningPods registry;
    private final ScheduledExecutorService prober;
    private final PodExecutor executor;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final List<ContainerRunner> containers;

    private Pod pod;
    private Optional<Map<String, Path>> volumes = Optional.empty();
    private Optional<String> ip = Optional.empty();
    private Duration mountRetry = Duration.ofMillis(500);
    private PodStatus told;
    private boolean bound;
    private boolean stopping;
    /** The API knows the pod and is to be told about it. */
    private boolean inApi = true;

    PodWorker(
            Pod pod,
            KubeletSettings settings,
            PodApi api,
            PodEvents events,
            AddressPool pool,
            RunningPods registry,
            ScheduledExecutorService prober) {
        this.pod = pod;
        this.settings = settings;
        this.api = api;
        this.events = events;
        this.pool = pool;
        this.registry = registry;
        this.prober = prober;
        this.executor = new PodExecutor("pod-" + pod.getMetadata().getNamespace() + "/"
                + pod.getMetadata().getName());
        this.podVolumes = new PodVolumes(api, settings.podsFolder(), settings.claimsFolder(), settings.clock());
        this.told = Optional.ofNullable(pod.getStatus()).orElseGet(PodStatus::new);
        this.containers = pod.getSpec().getContainers().stream()
                .map(container -> new ContainerRunner(container, this))
                .toList();
    }

    // From other threads

    void start() {
        registry.add(pod);
        executor.execute(() -> {
            if (pod.getMetadata().getDeletionTimestamp() != null) {
                stop(grace());
                return;
            }
            sync();
            syncVolumesAgain();
        });
    }

    /** The pod's object has changed. */
    void update(Pod newer) {
        executor.execute(() -> {
            boolean byOthers = !Objects.equals(newer.getSpec(), pod.getSpec())
                    || !Objects.equals(
                            newer.getMetadata().getAnnotations(),
                            pod.getMetadata().getAnnotations())
                    || !Objects.equals(
                            newer.getMetadata().getLabels(), pod.getMetadata().getLabels());
            pod = newer;
            if (newer.getMetadata().getDeletionTimestamp() != null) {
                stop(grace());
            } else if (byOthers) {
                refreshVolumes();
                sync();
            }
        });
    }

    /** The pod's object is gone, by us or by force. */
    void removed() {
        executor.execute(() -> {
            inApi = false;
            stop(FORCED_GRACE);
        });
    }

    /** The kubelet closes: the processes end, the object stays as it is. */
    void close(Duration grace) {
        executor.execute(() -> {
            inApi = false;
            stop(grace);
        });
    }

    /** Completes when all processes have ended and the pod's folder is gone. */
    CompletableFuture<Void> end() {
        return end;
    }

    // On the executor

    private void bind() {
        if (pod.getSpec().getNodeName() == null || pod.getSpec().getNodeName().isEmpty()) {
            api.bind(pod, KubeletSettings.NODE_NAME);
            events.normal(
                    "Scheduled",
                    "Successfully assigned %s/%s to %s"
                            .formatted(
                                    pod.getMetadata().getNamespace(),
                                    pod.getMetadata().getName(),
                                    KubeletSettings.NODE_NAME));
        }
        bound = true;
    }

    private void sync() {
        if (stopping) {
            return;
        }
        if (!bound && !retrying(this::bind, "bind")) {
            return;
        }
        if (volumes.isEmpty() && !prepare()) {
            changed();
            return;
        }
        ContainerTranslation translation =
                new ContainerTranslation(addresses(), volumes.orElseThrow(), settings.hostsFile(), temporaryFolder());
        for (ContainerRunner container : containers) {
            container.sync(specOf(container), translation);
        }
        changed();
    }

    private Container specOf(ContainerRunner container) {
        return pod.getSpec().getContainers().stream()
                .filter(spec -> spec.getName().equals(container.name()))
                .findFirst()
                .orElseThrow();
    }

    /** @return whether there is all a container needs to start */
    private boolean prepare() {
        if (!pod.getSpec().getInitContainers().isEmpty()) {
            events.warning("FailedCreatePodSandBox", "init containers are not run where pods are processes");
            return false;
        }
        try {
            Map<String, Path> mounted = podVolumes.mount(pod);
            Files.createDirectories(temporaryFolder());
            ip = pool.take();
            if (ip.isEmpty()) {
                throw new MountException(
                        "all addresses of the pod network %s are taken".formatted(settings.podNetwork()));
            }
            volumes = Optional.of(mounted);
            registry.setAddress(pod, ip);
            return true;
        } catch (MountException e) {
            events.warning("FailedMount", e.getMessage());
        } catch (IOException e) {
            events.warning("FailedMount", "folder %s: %s".formatted(temporaryFolder(), e.getMessage()));
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue("pod", pod.getMetadata().getName())
                    .addKeyValue("error", e.getMessage())
                    .log("API not reachable for volumes, retried");
        }
        syncAfter(mountRetry);
        mountRetry = mountRetry.compareTo(LONGEST_MOUNT_RETRY) < 0 ? mountRetry.multipliedBy(2) : mountRetry;
        return false;
    }

    private void refreshVolumes() {
        if (volumes.isEmpty() || stopping) {
            return;
        }
        try {
            podVolumes.mount(pod);
        } catch (MountException e) {
            // The pod goes on with what it has.
            events.warning("FailedMount", e.getMessage());
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue("pod", pod.getMetadata().getName())
                    .addKeyValue("error", e.getMessage())
                    .log("API not reachable for volumes, retried");
            executor.after(RETRY, this::refreshVolumes);
        }
    }

    private void syncVolumesAgain() {
        // Not all pods at once.
        long millis = settings.volumeSync().toMillis();
        Duration next =
                Duration.ofMillis(millis * 4 / 5 + ThreadLocalRandom.current().nextLong(millis * 2 / 5 + 1));
        executor.after(next, () -> {
            refreshVolumes();
            syncVolumesAgain();
        });
    }

    /** Said again with a shorter grace, the shorter one holds. */
    private void stop(Duration grace) {
        if (stopping) {
            containers.forEach(container -> container.killAfter(grace));
        } else {
            stopping = true;
            containers.forEach(container -> container.stop("Stopping container " + container.name(), grace));
        }
        changed();
    }

    @Override
    public void changed() {
        if (inApi) {
            tell();
        }
        if (stopping && containers.stream().noneMatch(ContainerRunner::running)) {
            finish();
        }
    }

    private void tell() {
        PodStatus status = PodStatuses.of(
                pod,
                told,
                containers.stream().map(ContainerRunner::status).toList(),
                ip,
                KubeletSettings.HOST_IP,
                settings.clock().instant());
        if (!status.equals(told)) {
            retrying(
                    () -> {
                        api.writeStatus(pod, status);
                        told = status;
                    },
                    "status");
        }
    }

    private void finish() {
        if (end.isDone()) {
            return;
        }
        if (inApi && !retrying(() -> api.delete(pod), "delete")) {
            return;
        }
        registry.remove(pod);
        ip.ifPresent(pool::giveBack);
        try {
            podVolumes.unmount(pod);
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("folder", podVolumes.folderOf(pod))
                    .addKeyValue("error", e)
                    .log("folder of an ended pod stays; the next start removes it");
        }
        end.complete(null);
        executor.stop();
    }

    /** @return false when the API could not be reached; all is looked at again soon */
    private boolean retrying(Runnable write, String what) {
        try {
            write.run();
            return true;
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue("pod", pod.getMetadata().getName())
                    .addKeyValue("write", what)
                    .addKeyValue("error", e.getMessage())
                    .log("write to the API failed, retried");
            executor.after(RETRY, stopping ? this::changed : this::sync);
            return false;
        }
    }

    private Path temporaryFolder() {
        return podVolumes.folderOf(pod).resolve("tmp");
    }

    private PodAddresses addresses() {
        return new PodAddresses(ip.orElseThrow(), KubeletSettings.HOST_IP, KubeletSettings.NODE_NAME);
    }

    // PodContext

    @Override
    public Pod pod() {
        return pod;
    }

    @Override
    public KubeletSettings settings() {
        return settings;
    }

    @Override
    public PodEvents events() {
        return events;
    }

    @Override
    public PodExecutor executor() {
        return executor;
    }

    @Override
    public boolean stopping() {
        return stopping;
    }

    @Override
    public Duration grace() {
        Long ofDeletion = pod.getMetadata().getDeletionGracePeriodSeconds();
        Long ofPod = pod.getSpec().getTerminationGracePeriodSeconds();
        return Duration.ofSeconds(Objects.requireNonNullElse(ofDeletion, Objects.requireNonNullElse(ofPod, 30L)));
    }

    @Override
    public ProcessSpec process(Container container, List<String> entrypoint, ContainerTranslation translation)
            throws ContainerConfigException {
        Map<String, String> environment = new ContainerEnvironment(pod, addresses(), api).of(container);
        String hostname = Objects.requireNonNullElse(
                pod.getSpec().getHostname(), pod.getMetadata().getName());
        return translation.translate(container, entrypoint, environment, hostname, System.getenv("PATH"));
    }

    @Override
    public Path logFile(String container, int run) {
        return registry.logFile(pod, container, run);
    }

    @Override
    public ContainerProbes probes(Container container, ContainerProbes.Listener listener) {
        return new ContainerProbes(container, ip.orElseThrow(), executor, prober, listener);
    }

    @Override
    public void syncAfter(Duration delay) {
        executor.after(delay, this::sync);
    }
}
