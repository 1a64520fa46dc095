package io.serverherd.local.kubelet;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HostIP;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What a pod's containers do → the pod's status, as a kubelet tells it. */
final class PodStatuses {

    private PodStatuses() {}

    /**
     * @param previous the status told before: its start time and the transition times of what did not change are kept
     * @param podIP empty until the volumes are there
     */
    static PodStatus of(
            Pod pod,
            PodStatus previous,
            List<ContainerStatus> containers,
            Optional<String> podIP,
            String hostIP,
            Instant now) {
        String phase =
                phase(pod.getSpec().getRestartPolicy(), pod.getMetadata().getDeletionTimestamp() != null, containers);
        boolean over = phase.equals("Succeeded") || phase.equals("Failed");
        List<String> unready = containers.stream()
                .filter(container -> !container.getReady())
                .map(ContainerStatus::getName)
                .toList();
        Condition ready = ready(phase, over, unready);
        List<PodCondition> conditions = new ArrayList<>(Stream.of(
                        new Condition("PodReadyToStartContainers", podIP.isPresent() && !over),
                        new Condition("Initialized", true),
                        ready.named("Ready"),
                        ready.named("ContainersReady"),
                        new Condition("PodScheduled", true))
                .map(condition -> condition.since(previous, now))
                .toList());
        // Conditions of others, such as readiness gates, are theirs.
        Optional.ofNullable(pod.getStatus()).map(PodStatus::getConditions).orElse(List.of()).stream()
                .filter(other ->
                        conditions.stream().noneMatch(own -> own.getType().equals(other.getType())))
                .forEach(conditions::add);
        return new PodStatusBuilder()
                .withPhase(phase)
                .withConditions(conditions)
                .withContainerStatuses(containers)
                .withHostIP(hostIP)
                .withHostIPs(new HostIP(hostIP))
                .withPodIP(podIP.orElse(null))
                .withPodIPs(podIP.map(ip -> List.of(new PodIP(ip))).orElse(List.of()))
                .withQosClass(Objects.requireNonNullElse(previous.getQosClass(), "BestEffort"))
                .withStartTime(Objects.requireNonNullElse(previous.getStartTime(), time(now)))
                .build();
    }

    /** Whole seconds, as the API tells times. */
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String phase(String restartPolicy, boolean deleted, List<ContainerStatus> containers) {
        boolean allEnded = containers.stream().allMatch(container -> ended(container.getState()));
        boolean allSucceeded = allEnded
                && containers.stream()
                        .allMatch(container ->
                                container.getState().getTerminated().getExitCode() == 0);
        boolean again =
                !deleted && ("Always".equals(restartPolicy) || ("OnFailure".equals(restartPolicy) && !allSucceeded));
        if (allEnded && !again) {
            return allSucceeded ? "Succeeded" : "Failed";
        }
        boolean anyNeverStarted = containers.stream()
                .anyMatch(container -> container.getState().getWaiting() != null && !ended(container.getLastState()));
        return anyNeverStarted ? "Pending" : "Running";
    }

    private static boolean ended(ContainerState state) {
        return state != null && state.getTerminated() != null;
    }

    private static Condition ready(String phase, boolean over, List<String> unready) {
        if (over) {
            return new Condition("Ready", false, phase.equals("Failed") ? "PodFailed" : "PodCompleted", null);
        }
        return unready.isEmpty()
                ? new Condition("Ready", true)
                : new Condition(
                        "Ready",
                        false,
                        "ContainersNotReady",
                        "containers with unready status: [%s]".formatted(String.join(" ", unready)));
    }

    private record Condition(String type, boolean holds, String reason, String message) {

        Condition(String type, boolean holds) {
            this(type, holds, null, null);
        }

        Condition named(String other) {
            return new Condition(other, holds, reason, message);
        }

        PodCondition since(PodStatus previous, Instant now) {
            String status = holds ? "True" : "False";
            String since = previous.getConditions().stream()
                    .filter(before -> before.getType().equals(type) && status.equals(before.getStatus()))
                    .map(PodCondition::getLastTransitionTime)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseGet(() -> time(now));
            return new PodConditionBuilder()
                    .withType(type)
                    .withStatus(status)
                    .withLastTransitionTime(since)
                    .withReason(reason)
                    .withMessage(message)
                    .build();
        }
    }
}
