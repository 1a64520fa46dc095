package io.serverherd.local.controllers;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateStatefulSetStrategy;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetUpdateStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is to be done for a StatefulSet, given its pods: which to create, which to delete, and what its status says.
 *
 * @param update revision of the set's template, which new pods get
 */
record SetPlan(List<Integer> create, List<Pod> delete, StatefulSetStatus status, String update) {

    static SetPlan of(StatefulSet set, Collection<Pod> pods, Instant now) {
        String update = set.getMetadata().getName() + "-"
                + RevisionHash.of(set.getSpec().getTemplate());
        NavigableMap<Integer, Pod> byOrdinal = new TreeMap<>();
        pods.stream().filter(pod -> SetPods.owns(set, pod)).forEach(pod -> SetPods.ordinal(set, pod)
                .ifPresent(ordinal -> byOrdinal.put(ordinal, pod)));
        Steps steps = new Steps(set, byOrdinal, update);
        steps.plan();
        return new SetPlan(steps.create, steps.delete, status(set, byOrdinal.values(), update, now), update);
    }

    /** Decides on the next pods to create and delete. With OrderedReady, one step waits for the one before it. */
    private static final class Steps {
        private final NavigableMap<Integer, Pod> pods;
        private final int first;
        private final int end;
        private final boolean ordered;
        private final StatefulSet set;
        private final String update;
        private final List<Integer> create = new ArrayList<>();
        private final List<Pod> delete = new ArrayList<>();

        Steps(StatefulSet set, NavigableMap<Integer, Pod> pods, String update) {
            this.set = set;
            this.pods = pods;
            this.update = update;
            this.first = Optional.ofNullable(set.getSpec().getOrdinals())
                    .map(ordinals -> ordinals.getStart())
                    .orElse(0);
            this.end = first + Optional.ofNullable(set.getSpec().getReplicas()).orElse(1);
            this.ordered = !"Parallel".equals(set.getSpec().getPodManagementPolicy());
        }

        void plan() {
            if (set.getMetadata().getDeletionTimestamp() != null) {
                return;
            }
            if (fill() && shrink()) {
                roll();
            }
        }

        /** @return whether all wanted pods are there and, where the order matters, ready */
        private boolean fill() {
            boolean complete = true;
            for (int ordinal = first; ordinal < end; ordinal++) {
                Pod pod = pods.get(ordinal);
                if (pod == null) {
                    create.add(ordinal);
                } else if (isOver(pod) && !isTerminating(pod)) {
                    delete.add(pod);
                }
                boolean good = pod != null && isReady(pod) && !isTerminating(pod);
                complete &= good;
                if (!good && ordered) {
                    return false;
                }
            }
            return complete || !ordered;
        }

        /** @return whether no pod is one too many */
        private boolean shrink() {
            List<Pod> tooMany = new ArrayList<>(pods.headMap(first).values());
            tooMany.addAll(pods.tailMap(end).values());
            Collections.reverse(tooMany);
            for (Pod pod : tooMany) {
                if (!isTerminating(pod)) {
                    delete.add(pod);
                }
                if (ordered) {
                    break;
                }
            }
            return tooMany.isEmpty();
        }

        /** From the highest ordinal down to the partition, one pod at a time; with OnDelete somebody else decides. */
        private void roll() {
            StatefulSetUpdateStrategy strategy = set.getSpec().getUpdateStrategy();
            if (strategy != null && "OnDelete".equals(strategy.getType())) {
                return;
            }
            int partition = Optional.ofNullable(strategy)
                    .map(StatefulSetUpdateStrategy::getRollingUpdate)
                    .map(RollingUpdateStatefulSetStrategy::getPartition)
                    .orElse(0);
            for (Pod pod : pods.subMap(Math.max(first, Math.min(partition, end)), true, end, false)
                    .descendingMap()
                    .values()) {
                boolean outdated = !update.equals(revision(pod));
                if (outdated && !isTerminating(pod)) {
                    delete.add(pod);
                }
                if (outdated || !isReady(pod) || isTerminating(pod)) {
                    return;
                }
            }
        }
    }

    private static StatefulSetStatus status(StatefulSet set, Collection<Pod> pods, String update, Instant now) {
        StatefulSetStatus before = Optional.ofNullable(set.getStatus()).orElseGet(StatefulSetStatus::new);
        boolean rolled = !isOnDelete(set)
                && !pods.isEmpty()
                && pods.stream().allMatch(pod -> update.equals(revision(pod)) && isReady(pod) && !isTerminating(pod));
        String current = rolled || before.getCurrentRevision() == null ? update : before.getCurrentRevision();
        int ofCurrent = count(pods, current);
        int ofUpdate = count(pods, update);
        Duration minReady = Duration.ofSeconds(
                Optional.ofNullable(set.getSpec().getMinReadySeconds()).orElse(0));
        return new StatefulSetStatusBuilder(before)
                .withObservedGeneration(set.getMetadata().getGeneration())
                .withReplicas(pods.size())
                .withReadyReplicas(
                        orNone((int) pods.stream().filter(SetPlan::isReady).count()))
                .withAvailableReplicas((int) pods.stream()
                        .filter(pod -> isAvailable(pod, minReady, now))
                        .count())
                .withCurrentRevision(current)
                .withUpdateRevision(update)
                .withCurrentReplicas(orNone(ofCurrent))
                .withUpdatedReplicas(orNone(ofUpdate))
                .withCollisionCount(0)
                .build();
    }

    /** A count of zero is left out, as the real controller leaves it out. */
    private static Integer orNone(int count) {
        return count == 0 ? null : count;
    }

    private static int count(Collection<Pod> pods, String revision) {
        return (int) pods.stream()
                .filter(pod -> revision.equals(revision(pod)) && !isTerminating(pod))
                .count();
    }

    private static boolean isOnDelete(StatefulSet set) {
        return set.getSpec().getUpdateStrategy() != null
                && "OnDelete".equals(set.getSpec().getUpdateStrategy().getType());
    }

    private static String revision(Pod pod) {
        return pod.getMetadata().getLabels() == null
                ? null
                : pod.getMetadata().getLabels().get(SetPods.REVISION_LABEL);
    }

    private static boolean isTerminating(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    private static boolean isOver(Pod pod) {
        return pod.getStatus() != null
                && List.of("Failed", "Succeeded")
                        .contains(String.valueOf(pod.getStatus().getPhase()));
    }

    private static boolean isReady(Pod pod) {
        return readySince(pod).isPresent();
    }

    private static boolean isAvailable(Pod pod, Duration minReady, Instant now) {
        return readySince(pod)
                .filter(since -> !now.isBefore(since.plus(minReady)))
                .isPresent();
    }

    private static Optional<Instant> readySince(Pod pod) {
        if (pod.getStatus() == null || !"Running".equals(pod.getStatus().getPhase())) {
            return Optional.empty();
        }
        return pod.getStatus().getConditions().stream()
                .filter(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()))
                .map(PodCondition::getLastTransitionTime)
                .map(Instant::parse)
                .findFirst();
    }
}
