package io.serverherd.operator.observe;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.serverherd.operator.desired.Labels;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * A server's pod, as far as the operator decides by it.
 *
 * @param created     in whole seconds
 * @param ip          empty until the pod has one
 * @param ready       by the condition Ready
 * @param terminating deletion has begun, or was asked for by this operator
 * @param revision    the StatefulSet's revision the pod was made from; empty when the label is missing
 * @param touched     the last time the kubelet was made to fetch the configuration; empty: never
 * @param trouble     why it does not run, such as {@code ImagePullBackOff: …}; empty when nothing is wrong
 */
public record ObservedPod(
        String name,
        String uid,
        Instant created,
        Optional<String> ip,
        boolean ready,
        boolean terminating,
        Optional<String> revision,
        Optional<Touch> touched,
        Optional<String> trouble) {
    private static final String REVISION = "controller-revision-hash";

    /**
     * @param configHash of the configuration it was made to fetch
     * @param at         in whole seconds
     */
    public record Touch(String configHash, Instant at) {

        /** Whoever has changed the annotations by hand has a touch that is long ago. */
        static Optional<Touch> of(Pod pod) {
            Map<String, String> annotations = pod.getMetadata().getAnnotations();
            return entry(annotations, Labels.CONFIG_HASH)
                    .map(hash -> new Touch(hash, at(entry(annotations, Labels.CONFIG_TOUCHED))));
        }

        private static Instant at(Optional<String> time) {
            try {
                return time.map(Instant::parse).orElse(Instant.EPOCH);
            } catch (DateTimeParseException e) {
                return Instant.EPOCH;
            }
        }
    }

    /** @param deleted this operator has asked for its deletion, which the cache may not show yet */
    static ObservedPod of(Pod pod, boolean deleted) {
        Optional<PodStatus> status = Optional.ofNullable(pod.getStatus());
        return new ObservedPod(
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                Instant.parse(pod.getMetadata().getCreationTimestamp()),
                status.map(PodStatus::getPodIP).filter(ip -> !ip.isEmpty()),
                status.stream()
                        .flatMap(s -> s.getConditions().stream())
                        .anyMatch(c ->
                                c.getType().equals("Ready") && c.getStatus().equals("True")),
                deleted || pod.getMetadata().getDeletionTimestamp() != null,
                entry(pod.getMetadata().getLabels(), REVISION),
                Touch.of(pod),
                PodTrouble.of(pod));
    }

    private static Optional<String> entry(Map<String, String> map, String key) {
        return Optional.ofNullable(map).map(m -> m.get(key));
    }
}
