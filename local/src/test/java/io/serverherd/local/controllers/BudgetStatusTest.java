package io.serverherd.local.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetStatusTest {

    @ParameterizedTest(name = "{0}, {1} of {2} healthy: {3} wanted, {4} may go")
    @CsvSource({
        "maxUnavailable: 1, 5, 5, 4, 1",
        "maxUnavailable: 1, 4, 5, 4, 0",
        "maxUnavailable: 1, 3, 5, 4, 0",
        "maxUnavailable: 1, 1, 1, 0, 1",
        "maxUnavailable: 1, 0, 0, 0, 0",
        "maxUnavailable: 40%, 5, 5, 3, 2",
        "minAvailable: 2, 5, 5, 2, 3",
        "minAvailable: 50%, 5, 5, 3, 2",
        "minAvailable: 0, 2, 5, 0, 2"
    })
    void theBudgetLeavesWhatIsWanted(String budget, int healthy, int pods, int desired, int allowed) {
        List<Pod> all = IntStream.range(0, pods)
                .mapToObj(i -> pod("{app: w}", i < healthy ? "True" : "False"))
                .toList();

        PodDisruptionBudgetStatus status = BudgetStatus.of(budget(budget), all);

        assertThat(status.getExpectedPods()).isEqualTo(pods);
        assertThat(status.getCurrentHealthy()).isEqualTo(healthy);
        assertThat(status.getDesiredHealthy()).isEqualTo(desired);
        assertThat(status.getDisruptionsAllowed()).isEqualTo(allowed);
        assertThat(status.getObservedGeneration()).isEqualTo(2);
    }

    @Test
    void podsOfOthersAndLeavingPodsDoNotCount() {
        Pod other = pod("{app: other}", "True");
        Pod elsewhere = pod("{app: w}", "True");
        elsewhere.getMetadata().setNamespace("m");
        Pod leaving = pod("{app: w, more: x}", "True");
        leaving.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");

        PodDisruptionBudgetStatus status = BudgetStatus.of(
                budget("maxUnavailable: 1"),
                Stream.of(other, elsewhere, leaving).toList());

        assertThat(status.getExpectedPods()).isEqualTo(1);
        assertThat(status.getCurrentHealthy()).isZero();
    }

    private static PodDisruptionBudget budget(String amount) {
        return Serialization.unmarshal("""
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {namespace: n, name: b, generation: 2}
                spec: {%s, selector: {matchLabels: {app: w}}}
                """.formatted(amount), PodDisruptionBudget.class);
    }

    private static Pod pod(String labels, String ready) {
        return Serialization.unmarshal("""
                apiVersion: v1
                kind: Pod
                metadata: {namespace: n, name: p, labels: %s}
                status: {conditions: [{type: Ready, status: "%s"}]}
                """.formatted(labels, ready), Pod.class);
    }
}
