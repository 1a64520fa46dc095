package io.serverherd.operator.desired;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;

/** One budget for the herd: node drains take one server at a time, and a herd of one server can still be drained. */
final class HerdDisruptionBudget {
    private HerdDisruptionBudget() {}

    static PodDisruptionBudget of(HerdIdentity herd) {
        return new PodDisruptionBudgetBuilder()
                .withMetadata(herd.metadata(herd.name()))
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(1))
                // A server that is not ready anyway must not keep a node from being drained.
                .withUnhealthyPodEvictionPolicy("AlwaysAllow")
                .withNewSelector()
                .withMatchLabels(Labels.selectHerd(herd.name()))
                .endSelector()
                .endSpec()
                .build();
    }
}
