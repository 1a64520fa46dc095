package io.serverherd.local.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.serverherd.local.kubelet.names.HostsPublisher;
import io.serverherd.local.kubelet.volume.PodVolumes;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs pods as processes of this machine, one {@link PodWorker} each, as the only node of a cluster. It watches pods
 * and services through the API as any kubelet does.
 */
public final class Kubelet implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Kubelet.class);
    /** Probes block for up to their time-out; a few at once are enough for a laptop's pods. */
    private static final int PROBER_THREADS = 8;
    /** A node leaves within 5 seconds when asked to. */
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

    private static final Duration KILL_PATIENCE = Duration.ofSeconds(3);

    private final KubernetesClient client;
    private final KubeletSettings settings;
    private final RunningPods registry;
    private final PodApi api;
    private final AddressPool pool;
    private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor prober;
    private final SharedIndexInformer<Pod> pods;
    private final SharedIndexInformer<Service> services;
    private final HostsPublisher hosts;
    /** Guarded by the workers. */
    private boolean closing;

    private Kubelet(KubernetesClient client, KubeletSettings settings, RunningPods registry) {
        this.client = client;
        this.settings = settings;
        this.registry = registry;
        this.api = new PodApi(client);
        this.pool = new AddressPool(settings.podNetwork());
        this.prober = new ScheduledThreadPoolExecutor(PROBER_THREADS, task -> {
            Thread created = new Thread(task, "prober");
            created.setDaemon(true);
            return created;
        });
        prober.setRemoveOnCancelPolicy(true);
        this.pods = client.pods().inAnyNamespace().runnableInformer(0);
        this.services = client.services().inAnyNamespace().runnableInformer(0);
        this.hosts = new HostsPublisher(
                settings.hostsFile(),
                () -> pods.getStore().list(),
                () -> services.getStore().list(),
                settings.outsideNames());
    }

    /** @param registry is told of every pod that runs here */
    public static Kubelet start(KubernetesClient client, KubeletSettings settings, RunningPods registry) {
        Kubelet kubelet = new Kubelet(client, settings, registry);
        kubelet.services.addEventHandler(new Services(kubelet.hosts));
        kubelet.pods.addEventHandler(kubelet.new Pods());
        kubelet.hosts.start();
        NodeObject.register(client, settings.clock().instant());
        kubelet.services.run();
        kubelet.pods.run();
        return kubelet;
    }

    /**
     * Ends the processes and removes the files that a killed predecessor left; the API it served is gone, so nothing
     * refers to them.
     */
    public static void cleanUp(KubeletSettings settings) throws IOException {
        List<Long> ended = settings.ledger().endLeftovers();
        if (!ended.isEmpty()) {
            LOG.atWarn().addKeyValue("pids", ended).log("ended processes of an earlier run that was killed");
        }
        PodVolumes.deleteTree(settings.podsFolder());
        PodVolumes.deleteTree(settings.logsFolder());
        PodVolumes.deleteTree(settings.claimsFolder());
        Files.createDirectories(settings.podsFolder());
    }

    private void begin(Pod pod) {
        String nodeName = pod.getSpec().getNodeName();
        boolean ours = nodeName == null || nodeName.isEmpty() || nodeName.equals(KubeletSettings.NODE_NAME);
        String uid = pod.getMetadata().getUid();
        synchronized (workers) {
            if (closing || !ours || workers.containsKey(uid)) {
                return;
            }
            PodEvents events = new PodEvents(client, settings.clock(), KubeletSettings.NODE_NAME, pod);
            PodWorker worker = new PodWorker(pod, settings, api, events, pool, registry, prober);
            workers.put(uid, worker);
            worker.end().thenRun(() -> workers.remove(uid));
            worker.start();
        }
    }

    /** @return the pods that run; no other will from now on */
    private List<PodWorker> beginNoMore() {
        synchronized (workers) {
            closing = true;
            return List.copyOf(workers.values());
        }
    }

    /** Ends all processes of all pods, within about 8 seconds. What the API says about the pods stays. */
    @Override
    public void close() {
        // First of all no restarts: after Ctrl-C in a terminal the pods' processes have got the signal too.
        List<PodWorker> left = beginNoMore();
        left.forEach(worker -> worker.close(CLOSE_GRACE));
        pods.stop();
        services.stop();
        hosts.close();
        CompletableFuture<Void> ends =
                CompletableFuture.allOf(left.stream().map(PodWorker::end).toArray(CompletableFuture[]::new));
        try {
            ends.get(CLOSE_GRACE.plus(KILL_PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.atError()
                    .addKeyValue("pods", workers.size())
                    .log("processes survive SIGKILL; the next start tries again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a pod's end never fails", e);
        }
        prober.shutdownNow();
    }

    private final class Pods implements ResourceEventHandler<Pod> {

        @Override
        public void onAdd(Pod pod) {
            begin(pod);
            hosts.changed();
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            if (!before.getMetadata().getUid().equals(pod.getMetadata().getUid())) {
                // Deleted and made again between two looks.
                onDelete(before, false);
                onAdd(pod);
                return;
            }
            PodWorker worker = workers.get(pod.getMetadata().getUid());
            if (worker != null) {
                worker.update(pod);
            }
            hosts.changed();
        }

        @Override
        public void onDelete(Pod pod, boolean deletedFinalStateUnknown) {
            PodWorker worker = workers.get(pod.getMetadata().getUid());
            if (worker != null) {
                worker.removed();
            }
            hosts.changed();
        }
    }

    private record Services(HostsPublisher hosts) implements ResourceEventHandler<Service> {

        @Override
        public void onAdd(Service service) {
            hosts.changed();
        }

        @Override
        public void onUpdate(Service before, Service service) {
            hosts.changed();
        }

        @Override
        public void onDelete(Service service, boolean deletedFinalStateUnknown) {
            hosts.changed();
        }
    }
}
