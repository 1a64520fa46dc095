package io.serverherd.operator.status;

import io.serverherd.operator.validation.Validation;
import java.util.Optional;

/** Only while true: nothing will happen until someone changes the spec. */
final class StalledCondition {
    static final String TYPE = "Stalled";

    private StalledCondition() {}

    /** A pipeline that waits for a paused herd is told at once that it waits in vain. */
    static Optional<Fact> of(Assessment herd, Progress progress) {
        return PausedCondition.waiting(herd, progress)
                .map(what -> Fact.of(TYPE, true, "Paused", "paused with " + what));
    }

    static Fact of(Validation validation) {
        return Fact.of(TYPE, true, validation.reason(), validation.message());
    }
}
