package io.serverherd.local.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.serverherd.local.kubelet.probe.ContainerProbes;
import io.serverherd.local.kubelet.volume.MountException;
import io.serverherd.local.process.ProcessSpec;
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
    private final PodSandbox sandbox;
    private final RunningPods registry;
    private final ScheduledExecutorService prober;
    private final PodExecutor executor;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final List<ContainerRunner> containers;

    private Pod pod;
    private Duration mountRetry = Duration.ofMillis(500);
    private PodStatus told;
    private boolean bound;
    private boolean refreshDue;
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
        this.sandbox = new PodSandbox(settings, api, pool, registry);
        this.registry = registry;
        this.prober = prober;
        this.executor = new PodExecutor("pod-" + pod.getMetadata().getNamespace() + "/"
                + pod.getMetadata().getName());
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
        if (!sandbox.isReady() && !prepare()) {
            changed();
            return;
        }
        retrying(
                () -> containers.forEach(container -> container.sync(specOf(container), sandbox.translation(pod))),
                "start");
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
        if (mounts(sandbox::prepare)) {
            return true;
        }
        syncAfter(mountRetry);
        mountRetry = mountRetry.compareTo(LONGEST_MOUNT_RETRY) < 0 ? mountRetry.multipliedBy(2) : mountRetry;
        return false;
    }

    private interface Mounting {
        void of(Pod pod) throws MountException;
    }

    private boolean mounts(Mounting mounting) {
        try {
            mounting.of(pod);
            return true;
        } catch (MountException e) {
            events.warning("FailedMount", e.getMessage());
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue("pod", pod.getMetadata().getName())
                    .addKeyValue("error", e.getMessage())
                    .log("API not reachable for volumes, retried");
        }
        return false;
    }

    private void refreshVolumes() {
        if (sandbox.isReady() && !stopping && !mounts(sandbox::refresh) && !refreshDue) {
            refreshDue = true;
            executor.after(LONGEST_MOUNT_RETRY, () -> {
                refreshDue = false;
                refreshVolumes();
            });
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
                sandbox.addresses().map(PodAddresses::podIP),
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
        sandbox.release(pod);
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
        Map<String, String> environment =
                new ContainerEnvironment(pod, sandbox.addresses().orElseThrow(), api).of(container);
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
        return new ContainerProbes(container, sandbox.addresses().orElseThrow().podIP(), executor, prober, listener);
    }

    @Override
    public void syncAfter(Duration delay) {
        executor.after(delay, this::sync);
    }
}
