package io.serverherd.operator.observe;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Says why a pod does not run. The kubelet's words change with every attempt (trying, failed, backing off); these stay the same
 * as long as the trouble does, or the herd's status would be written again and again.
 */
final class PodTrouble {
    private static final Set<String> ON_THE_WAY = Set.of("ContainerCreating", "PodInitializing");
    private static final Set<String> PULLING = Set.of("ErrImagePull", "ImagePullBackOff");
    /** Of the kubelet's sentence; the rest is in {@code kubectl describe}. */
    private static final int MAX_LENGTH = 200;

    private PodTrouble() {}

    static Optional<String> of(Pod pod) {
        if (pod.getStatus() == null) {
            return Optional.empty();
        }
        Optional<String> ofContainers = pod.getStatus().getContainerStatuses().stream()
                .map(PodTrouble::ofContainer)
                .flatMap(Optional::stream)
                .findFirst();
        return ofContainers.or(() -> unschedulable(pod)).or(() -> evicted(pod));
    }

    private static Optional<String> ofContainer(ContainerStatus container) {
        if (Boolean.TRUE.equals(container.getReady())) {
            return Optional.empty();
        }
        Optional<ContainerStateWaiting> waiting =
                Optional.ofNullable(container.getState()).map(ContainerState::getWaiting);
        String reason = waiting.map(ContainerStateWaiting::getReason).orElse("");
        if (PULLING.contains(reason)) {
            return Optional.of("ImagePullBackOff: image " + container.getImage() + " can't be pulled");
        }
        return lastEnd(container)
                .map(end -> restarting(container, reason) + ": " + said(end))
                .or(() -> reason.isEmpty() || ON_THE_WAY.contains(reason)
                        ? Optional.empty()
                        : Optional.of(sentence(reason, waiting.get().getMessage())));
    }

    private static Optional<ContainerStateTerminated> lastEnd(ContainerStatus container) {
        return Stream.of(container.getState(), container.getLastState())
                .filter(Objects::nonNull)
                .map(ContainerState::getTerminated)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static String restarting(ContainerStatus container, String waitingReason) {
        boolean again = container.getRestartCount() != null && container.getRestartCount() > 1;
        return again || waitingReason.equals("CrashLoopBackOff") ? "CrashLoopBackOff" : "Restarted";
    }

    private static String said(ContainerStateTerminated end) {
        return "the server ended with code " + end.getExitCode()
                + (end.getReason() == null ? "" : " (" + end.getReason() + ")");
    }

    private static Optional<String> unschedulable(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(c -> c.getType().equals("PodScheduled") && c.getStatus().equals("False"))
                .map((PodCondition c) -> sentence(c.getReason(), c.getMessage()))
                .findFirst();
    }

    private static Optional<String> evicted(Pod pod) {
        return "Failed".equals(pod.getStatus().getPhase())
                ? Optional.of(
                        sentence(pod.getStatus().getReason(), pod.getStatus().getMessage()))
                : Optional.empty();
    }

    private static String sentence(String reason, String message) {
        String said = reason == null ? "Unknown" : reason;
        if (message == null || message.isBlank()) {
            return said;
        }
        String oneLine = message.strip().replaceAll("\\s+", " ");
        return said + ": " + (oneLine.length() <= MAX_LENGTH ? oneLine : oneLine.substring(0, MAX_LENGTH) + "…");
    }
}
