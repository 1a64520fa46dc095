package io.serverherd.operator.status;

import io.serverherd.operator.api.HerdCondition.Status;
import java.util.Optional;
import java.util.stream.Stream;

/** Only while true: the herd is on its way to what the spec wants. What waits for a pause to end is Stalled instead. */
final class ReconcilingCondition {
    static final String TYPE = "Reconciling";

    private ReconcilingCondition() {}

    /** Takes its words from the first of the conditions that does not hold. */
    static Optional<Fact> of(Fact ready, Fact topologyConverged, Optional<Fact> stalled) {
        if (stalled.isPresent()) {
            return Optional.empty();
        }
        return Stream.of(ready, topologyConverged)
                .filter(fact -> fact.status() != Status.True)
                .map(fact -> Fact.of(TYPE, true, fact.reason(), fact.message()))
                .findFirst();
    }
}
