package io.serverherd.operator.bench;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.serverherd.operator.api.HerdCondition;
import io.serverherd.operator.api.ServerHerd;
import java.util.Collection;
import java.util.function.Predicate;

/** What is waited for. */
final class Conditions {
    private Conditions() {}

    /** As many herds, each with this condition true of its newest spec. */
    static Predicate<Collection<ServerHerd>> all(int herds, String condition) {
        return there ->
                there.size() == herds && there.stream().allMatch(herd -> isSaid(herd) && holds(herd, condition));
    }

    /** Whether the status speaks of the newest spec. */
    static boolean isSaid(ServerHerd herd) {
        return herd.getStatus() != null
                && herd.getMetadata().getGeneration().equals(herd.getStatus().observedGeneration());
    }

    static boolean holds(ServerHerd herd, String condition) {
        return herd.getStatus()
                .condition(condition)
                .filter(HerdCondition::holds)
                .isPresent();
    }

    static Predicate<Collection<Pod>> readyPods(int pods) {
        return there -> there.size() == pods
                && there.stream().allMatch(pod -> Readiness.getInstance().isReady(pod));
    }
}
