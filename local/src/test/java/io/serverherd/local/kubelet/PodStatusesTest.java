package io.serverherd.local.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodStatusesTest {

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00.9Z");
    private static final Instant LATER = Instant.parse("2026-01-01T00:00:10Z");

    /** Containers: w waiting, c crashed and waiting, r running, R running and ready, s succeeded, f failed. */
    @ParameterizedTest(name = "{0}, containers {1}: {2}, Ready {3} {4}")
    @CsvSource({
        "Always, w, Pending, False, ContainersNotReady",
        "Always, r, Running, False, ContainersNotReady",
        "Always, R, Running, True, ",
        "Always, Rr, Running, False, ContainersNotReady",
        "Always, Rw, Pending, False, ContainersNotReady",
        "Always, c, Running, False, ContainersNotReady",
        "Always, f, Running, False, ContainersNotReady",
        "Always, s, Running, False, ContainersNotReady",
        "OnFailure, f, Running, False, ContainersNotReady",
        "OnFailure, s, Succeeded, False, PodCompleted",
        "Never, s, Succeeded, False, PodCompleted",
        "Never, f, Failed, False, PodFailed",
        "Never, sf, Failed, False, PodFailed",
        "Never, sR, Running, False, ContainersNotReady"
    })
    void phaseAndReadinessFollowFromTheContainers(
            String policy, String containers, String phase, String ready, String reason) {
        PodStatus status = status(pod(policy), new PodStatus(), containers, FIRST);

        assertThat(status.getPhase()).isEqualTo(phase);
        assertThat(condition(status, "Ready").getStatus()).isEqualTo(ready);
        assertThat(condition(status, "Ready").getReason()).isEqualTo(reason);
        assertThat(condition(status, "ContainersReady").getStatus()).isEqualTo(ready);
    }

    @Test
    void aDeletedPodIsOverWhenItsContainersHaveEnded() {
        Pod deleted = pod("Always");
        deleted.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");

        assertThat(status(deleted, new PodStatus(), "R", FIRST).getPhase()).isEqualTo("Running");
        assertThat(status(deleted, new PodStatus(), "s", FIRST).getPhase()).isEqualTo("Succeeded");
        assertThat(status(deleted, new PodStatus(), "f", FIRST).getPhase()).isEqualTo("Failed");
    }

    @Test
    void theUnreadyContainersAreNamed() {
        assertThat(condition(status(pod("Always"), new PodStatus(), "Rrw", FIRST), "Ready")
                        .getMessage())
                .isEqualTo("containers with unready status: [c1 c2]");
    }

    @Test
    void aConditionKeepsItsTransitionTimeWhileItStays() {
        PodStatus before = status(pod("Always"), new PodStatus(), "r", FIRST);

        PodStatus same = status(pod("Always"), before, "r", LATER);
        PodStatus ready = status(pod("Always"), before, "R", LATER);

        assertThat(same).isEqualTo(before);
        assertThat(condition(ready, "Ready").getLastTransitionTime()).isEqualTo("2026-01-01T00:00:10Z");
        assertThat(condition(ready, "PodScheduled").getLastTransitionTime()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(ready.getStartTime()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void conditionsOfOthersStay() {
        Pod gated = pod("Always");
        gated.setStatus(new PodStatus());
        gated.getStatus()
                .setConditions(List.of(new PodConditionBuilder()
                        .withType("example.com/gate")
                        .withStatus("True")
                        .build()));

        assertThat(condition(status(gated, new PodStatus(), "R", FIRST), "example.com/gate")
                        .getStatus())
                .isEqualTo("True");
    }

    @Test
    void addressesAreToldOnceThereIsOne() {
        List<ContainerStatus> containers = containers("w");
        PodStatus without =
                PodStatuses.of(pod("Always"), new PodStatus(), containers, Optional.empty(), "127.0.0.1", FIRST);

        assertThat(without.getPodIP()).isNull();
        assertThat(without.getPodIPs()).isEmpty();
        assertThat(without.getHostIP()).isEqualTo("127.0.0.1");
        assertThat(status(pod("Always"), without, "r", FIRST))
                .returns("127.0.1.1", PodStatus::getPodIP)
                .returns("127.0.1.1", it -> it.getPodIPs().get(0).getIp());
    }

    private static PodStatus status(Pod pod, PodStatus before, String containers, Instant now) {
        return PodStatuses.of(pod, before, containers(containers), Optional.of("127.0.1.1"), "127.0.0.1", now);
    }

    private static PodCondition condition(PodStatus status, String type) {
        return status.getConditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static Pod pod(String restartPolicy) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("p")
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy(restartPolicy)
                .endSpec()
                .build();
    }

    private static List<ContainerStatus> containers(String letters) {
        List<ContainerStatus> containers = new ArrayList<>();
        for (char letter : letters.toCharArray()) {
            ContainerStatusBuilder container = new ContainerStatusBuilder()
                    .withName("c" + containers.size())
                    .withReady(letter == 'R');
            switch (letter) {
                case 'w' ->
                    container.withNewState().withNewWaiting().endWaiting().endState();
                case 'c' ->
                    container
                            .withNewState()
                            .withNewWaiting()
                            .endWaiting()
                            .endState()
                            .withNewLastState()
                            .withNewTerminated()
                            .withExitCode(1)
                            .endTerminated()
                            .endLastState();
                case 's', 'f' ->
                    container
                            .withNewState()
                            .withNewTerminated()
                            .withExitCode(letter == 's' ? 0 : 1)
                            .endTerminated()
                            .endState();
                default ->
                    container.withNewState().withNewRunning().endRunning().endState();
            }
            containers.add(container.build());
        }
        return containers;
    }
}
