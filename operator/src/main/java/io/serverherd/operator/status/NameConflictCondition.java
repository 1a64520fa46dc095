package io.serverherd.operator.status;

import java.util.Optional;

/** Only while true: something of another owner has a name the herd needs. */
final class NameConflictCondition {
    static final String TYPE = "NameConflict";

    private NameConflictCondition() {}

    static Optional<Fact> of(Progress progress) {
        return progress.conflicts().isEmpty()
                ? Optional.empty()
                : Optional.of(Fact.of(TYPE, true, "ForeignObject", message(progress)));
    }

    static String message(Progress progress) {
        return Listing.of(progress.conflicts())
                + ": there already and not this herd's, so left alone; rename the herd or remove what is in the way";
    }
}
