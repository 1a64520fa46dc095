package io.serverherd.operator.observe;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Optional;

/**
 * A server's StatefulSet.
 *
 * @param revision the revision its pod should be of; empty while the set's controller has not seen the newest template, and
 *     when the set is on its way out
 */
public record ObservedSet(String uid, Optional<String> revision) {

    static ObservedSet of(StatefulSet set) {
        Optional<String> revision = Optional.ofNullable(set.getStatus())
                .filter(status -> set.getMetadata().getDeletionTimestamp() == null)
                .filter(status -> status.getObservedGeneration() != null
                        && status.getObservedGeneration() >= set.getMetadata().getGeneration())
                .map(status -> status.getUpdateRevision());
        return new ObservedSet(set.getMetadata().getUid(), revision);
    }
}
