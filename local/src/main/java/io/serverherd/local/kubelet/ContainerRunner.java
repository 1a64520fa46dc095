package io.serverherd.local.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.serverherd.local.kubelet.probe.ContainerProbes;
import io.serverherd.local.process.LoggedProcess;
import io.serverherd.local.process.ProcessSpec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One container of a pod, over all its runs.
 *
 * <pre>
 *   Waiting ──▶ Running ──exit──▶ Terminated ──back-off──▶ Waiting ──▶ Running …
 *   ContainerCreating                  │                   CrashLoopBackOff
 *   ErrImagePull ▶ ImagePullBackOff    └─ for good, where the restart policy says so
 *   CreateContainerConfigError
 * </pre>
 *
 * Confined to the pod's executor.
 */
final class ContainerRunner {

    private static final Duration PULL_BACKOFF_SHOWS_AFTER = Duration.ofSeconds(1);
    private static final Duration CONFIG_RETRY = Duration.ofSeconds(2);
    /** What a container runtime says when the program cannot be started at all. */
    private static final int CANNOT_START = 128;

    private final PodContext context;
    private final RestartBackoff backoff = new RestartBackoff();
    private Container spec;
    private ContainerState state = waiting("ContainerCreating", null);
    private ContainerState lastState = new ContainerState();
    private Instant notBefore = Instant.MIN;
    private int runs;
    private LoggedProcess process;
    private ContainerProbes probes;
    private String runningImage;

    ContainerRunner(Container spec, PodContext context) {
        this.spec = spec;
        this.context = context;
    }

    String name() {
        return spec.getName();
    }

    boolean running() {
        return process != null;
    }

    /** Brings the container towards running: starts it when it should run and may. */
    void sync(Container newest, ContainerTranslation translation) {
        boolean imageChanged = !newest.getImage().equals(spec.getImage());
        spec = newest;
        if (process != null) {
            if (!newest.getImage().equals(runningImage)) {
                stop("Container %s definition changed, will be restarted".formatted(name()), context.grace());
            }
            return;
        }
        if (imageChanged) {
            notBefore = Instant.MIN;
        }
        if (state.getTerminated() != null && !restarts(state.getTerminated().getExitCode())) {
            return;
        }
        if (now().isBefore(notBefore)) {
            return;
        }
        start(translation);
    }

    private Instant now() {
        return context.settings().clock().instant();
    }

    private boolean restarts(int exitCode) {
        return switch (Optional.ofNullable(context.pod().getSpec().getRestartPolicy())
                .orElse("Always")) {
            case "Never" -> false;
            case "OnFailure" -> exitCode != 0;
            default -> true;
        };
    }

    private void start(ContainerTranslation translation) {
        Optional<List<String>> entrypoint = context.settings().images().entrypoint(spec.getImage());
        if (entrypoint.isEmpty()) {
            cannotPull();
            return;
        }
        ProcessSpec processSpec;
        try {
            processSpec = context.process(spec, entrypoint.get(), translation);
        } catch (ContainerConfigException e) {
            state = waiting("CreateContainerConfigError", e.getMessage());
            context.events().warning(name(), "Failed", "Error: " + e.getMessage());
            again(CONFIG_RETRY);
            return;
        }
        keepLastState();
        try {
            process = LoggedProcess.start(
                    processSpec,
                    context.logFile(name(), runs),
                    context.settings().ledger());
        } catch (IOException e) {
            context.events().warning(name(), "Failed", "Error: " + e.getMessage());
            runs++;
            ended(CANNOT_START, "StartError", e.getMessage(), now());
            return;
        }
        runs++;
        runningImage = spec.getImage();
        state = new ContainerStateBuilder()
                .withNewRunning(PodStatuses.time(process.startedAt()))
                .build();
        context.events()
                .normal(name(), "Pulled", "Container image \"%s\" already present on machine".formatted(runningImage));
        context.events().normal(name(), "Started", "Started container " + name());
        LoggedProcess thisRun = process;
        context.executor().whenDone(thisRun.exit(), exitCode -> exited(thisRun, exitCode));
        probes = context.probes(spec, new ProbeListener());
        probes.start();
    }

    private void cannotPull() {
        String image = spec.getImage();
        String message = ("no image \"%s\" on this machine: pods run as processes here, and no command is known for it"
                        + " (see `make run` and its images)")
                .formatted(image);
        if (isWaiting("ErrImagePull")) {
            state = waiting("ImagePullBackOff", "Back-off pulling image \"%s\": %s".formatted(image, message));
            context.events().normal(name(), "BackOff", "Back-off pulling image \"%s\"".formatted(image));
            context.events().warning(name(), "Failed", "Error: ImagePullBackOff");
            context.changed();
            // The images are a fixed table: only another image in the pod can help, and that asks again at once.
            notBefore = Instant.MAX;
            return;
        }
        keepLastState();
        state = waiting("ErrImagePull", message);
        context.events().warning(name(), "Failed", "Failed to pull image \"%s\": %s".formatted(image, message));
        context.events().warning(name(), "Failed", "Error: ErrImagePull");
        again(PULL_BACKOFF_SHOWS_AFTER);
    }

    private boolean isWaiting(String reason) {
        return state.getWaiting() != null && state.getWaiting().getReason().equals(reason);
    }

    private void exited(LoggedProcess run, int exitCode) {
        probes.stop();
        process = null;
        ended(exitCode, exitCode == 0 ? "Completed" : "Error", null, run.startedAt());
    }

    private void ended(int exitCode, String reason, String message, Instant startedAt) {
        Instant now = now();
        state = new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(exitCode)
                .withReason(reason)
                .withMessage(message)
                .withStartedAt(PodStatuses.time(startedAt))
                .withFinishedAt(PodStatuses.time(now))
                .endTerminated()
                .build();
        if (context.stopping() || !restarts(exitCode)) {
            context.changed();
            return;
        }
        Duration delay = backoff.afterRunOf(Duration.between(startedAt, now));
        if (delay.isZero()) {
            again(delay);
            return;
        }
        keepLastState();
        String text = "back-off %ds restarting failed container=%s pod=%s_%s"
                .formatted(
                        delay.toSeconds(),
                        name(),
                        context.pod().getMetadata().getName(),
                        context.pod().getMetadata().getNamespace());
        state = waiting("CrashLoopBackOff", text);
        context.events()
                .warning(
                        name(),
                        "BackOff",
                        "Back-off restarting failed container %s in pod %s"
                                .formatted(name(), context.pod().getMetadata().getName()));
        again(delay);
    }

    private void keepLastState() {
        if (state.getTerminated() != null) {
            lastState = state;
        }
    }

    private void again(Duration delay) {
        notBefore = now().plus(delay);
        context.changed();
        context.syncAfter(delay);
    }

    /** SIGTERM now, SIGKILL after the grace period, unless it has ended by then. */
    void stop(String why, Duration grace) {
        if (process == null) {
            return;
        }
        context.events().normal(name(), "Killing", why);
        probes.stop();
        process.terminate();
        killAfter(grace);
    }

    /** SIGKILL to the present run, unless it has ended by then. */
    void killAfter(Duration grace) {
        LoggedProcess present = process;
        if (present != null) {
            context.executor().after(grace, () -> {
                if (process == present) {
                    present.kill();
                }
            });
        }
    }

    ContainerStatus status() {
        return new ContainerStatusBuilder()
                .withName(name())
                .withImage(spec.getImage())
                .withImageID(process == null ? "" : spec.getImage())
                .withContainerID(process == null ? null : "process://" + process.pid())
                .withState(state)
                .withLastState(lastState)
                .withRestartCount(Math.max(0, runs - 1))
                .withStarted(process != null && probes.started())
                .withReady(process != null && probes.ready())
                .build();
    }

    private static ContainerState waiting(String reason, String message) {
        return new ContainerStateBuilder()
                .withNewWaiting()
                .withReason(reason)
                .withMessage(message)
                .endWaiting()
                .build();
    }

    private final class ProbeListener implements ContainerProbes.Listener {

        @Override
        public void changed() {
            context.changed();
        }

        @Override
        public void failed(String probe, String message) {
            context.events().warning(name(), "Unhealthy", "%s probe failed: %s".formatted(probe, message));
        }

        @Override
        public void unhealthy(String probe) {
            stop("Container %s failed %s probe, will be restarted".formatted(name(), probe), context.grace());
            context.changed();
        }
    }
}
