package io.serverherd.local.kubelet.probe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The probes of one run of a container.
 *
 * <pre>
 *   started ──startup probe passes──▶ readiness and liveness are probed
 *      └────── fails for good ──────▶ killed        └── liveness fails for good ──▶ killed
 * </pre>
 *
 * Confined to the pod's executor: calls run on the prober's threads, results are handled on the executor.
 */
public final class ContainerProbes {

    /** What the pod hears, on its own executor. */
    public interface Listener {

        /** Started or ready has changed. */
        void changed();

        /** One attempt failed. */
        void failed(String probe, String message);

        /** The startup or the liveness probe has failed for good: the container is to be restarted. */
        void unhealthy(String probe);
    }

    private final Container container;
    private final String podIP;
    private final Executor pod;
    private final ScheduledExecutorService prober;
    private final Listener listener;

    private boolean started;
    private boolean ready;
    private boolean stopped;
    private ScheduledFuture<?> startup;
    private ScheduledFuture<?> readiness;
    private ScheduledFuture<?> liveness;

    /** @param prober runs the calls, which block */
    public ContainerProbes(
            Container container, String podIP, Executor pod, ScheduledExecutorService prober, Listener listener) {
        this.container = container;
        this.podIP = podIP;
        this.pod = pod;
        this.prober = prober;
        this.listener = listener;
    }

    public boolean started() {
        return started;
    }

    public boolean ready() {
        return ready;
    }

    /** Begins probing; initial delays count from now. */
    public void start() {
        if (container.getStartupProbe() == null) {
            startupPassed();
            return;
        }
        ProbeCounter counter = new ProbeCounter(container.getStartupProbe());
        startup = schedule("Startup", container.getStartupProbe(), counter, success -> {
            startup.cancel(false);
            if (success) {
                startupPassed();
                listener.changed();
            } else {
                listener.unhealthy("startup");
            }
        });
    }

    private void startupPassed() {
        started = true;
        if (container.getLivenessProbe() != null) {
            ProbeCounter counter = new ProbeCounter(container.getLivenessProbe());
            liveness = schedule("Liveness", container.getLivenessProbe(), counter, success -> {
                if (!success) {
                    liveness.cancel(false);
                    listener.unhealthy("liveness");
                }
            });
        }
        if (container.getReadinessProbe() == null) {
            ready = true;
            return;
        }
        ProbeCounter counter = new ProbeCounter(container.getReadinessProbe());
        readiness = schedule("Readiness", container.getReadinessProbe(), counter, success -> {
            if (ready != success) {
                ready = success;
                listener.changed();
            }
        });
    }

    /** Ends probing for good; nothing is heard afterwards. */
    public void stop() {
        stopped = true;
        ready = false;
        started = false;
        for (ScheduledFuture<?> probe : new ScheduledFuture<?>[] {startup, readiness, liveness}) {
            if (probe != null) {
                probe.cancel(false);
            }
        }
    }

    private interface Verdict {
        void reached(boolean success);
    }

    private ScheduledFuture<?> schedule(String name, Probe probe, ProbeCounter counter, Verdict verdict) {
        ProbeCall call = new ProbeCall(probe, container, podIP);
        long delay = probe.getInitialDelaySeconds() == null ? 0 : probe.getInitialDelaySeconds();
        long period = ProbeCounter.orDefault(probe.getPeriodSeconds(), 10);
        return prober.scheduleWithFixedDelay(
                () -> {
                    ProbeResult result = call.run();
                    // Refused once the pod is gone, which ends this schedule.
                    pod.execute(() -> {
                        if (stopped) {
                            return;
                        }
                        if (!result.success()) {
                            listener.failed(name, result.message());
                        }
                        if (counter.count(result.success())) {
                            verdict.reached(result.success());
                        }
                    });
                },
                delay,
                period,
                TimeUnit.SECONDS);
    }
}
