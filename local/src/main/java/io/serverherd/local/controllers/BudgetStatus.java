package io.serverherd.local.controllers;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatusBuilder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A budget and the pods there are → its status. Budgets select by {@code matchLabels} here. */
final class BudgetStatus {

    private BudgetStatus() {}

    static boolean covers(PodDisruptionBudget budget, Pod pod) {
        Map<String, String> wanted = budget.getSpec().getSelector() == null
                ? Map.of()
                : Optional.ofNullable(budget.getSpec().getSelector().getMatchLabels())
                        .orElse(Map.of());
        Map<String, String> labels =
                Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of());
        return budget.getMetadata().getNamespace().equals(pod.getMetadata().getNamespace())
                && labels.entrySet().containsAll(wanted.entrySet());
    }

    static PodDisruptionBudgetStatus of(PodDisruptionBudget budget, Collection<Pod> pods) {
        List<Pod> covered = pods.stream().filter(pod -> covers(budget, pod)).toList();
        int expected = covered.size();
        int healthy = (int) covered.stream().filter(BudgetStatus::isHealthy).count();
        int desired = desired(budget, expected);
        return new PodDisruptionBudgetStatusBuilder(
                        Optional.ofNullable(budget.getStatus()).orElseGet(PodDisruptionBudgetStatus::new))
                .withObservedGeneration(budget.getMetadata().getGeneration())
                .withExpectedPods(expected)
                .withCurrentHealthy(healthy)
                .withDesiredHealthy(desired)
                .withDisruptionsAllowed(Math.max(0, healthy - desired))
                .build();
    }

    private static int desired(PodDisruptionBudget budget, int expected) {
        if (budget.getSpec().getMinAvailable() != null) {
            return of(budget.getSpec().getMinAvailable(), expected);
        }
        return Math.max(0, expected - of(budget.getSpec().getMaxUnavailable(), expected));
    }

    /** A share of all is rounded up. */
    private static int of(IntOrString amount, int all) {
        if (amount == null) {
            return 0;
        }
        if (amount.getStrVal() == null) {
            return amount.getIntVal();
        }
        int percent = Integer.parseInt(amount.getStrVal().replace("%", ""));
        return (percent * all + 99) / 100;
    }

    private static boolean isHealthy(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }
}
