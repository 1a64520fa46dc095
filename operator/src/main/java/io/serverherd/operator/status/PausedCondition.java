package io.serverherd.operator.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Only while true: the spec says {@code paused}, and nothing but the status is written. */
final class PausedCondition {
    static final String TYPE = "Paused";

    private PausedCondition() {}

    static Optional<Fact> of(Assessment herd, Progress progress) {
        if (progress.held().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(waiting(herd, progress)
                .map(what -> Fact.of(TYPE, true, "ChangesWait", what + "; spec.paused: false lets them go on"))
                .orElseGet(() -> Fact.of(TYPE, true, "NothingWaits", "nothing waits")));
    }

    /** Such as {@code 1 object to apply: ConfigMap h-a; 1 pod to replace: A}; empty: not paused, or nothing waits. */
    static Optional<String> waiting(Assessment herd, Progress progress) {
        if (progress.held().isEmpty()) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        progress.held().get().objects().forEach((verb, objects) -> parts.add(part("object", verb, objects)));
        if (!progress.renewals().isEmpty()) {
            parts.add(part("StatefulSet", "make anew", progress.renewals()));
        }
        if (!herd.outdated().isEmpty()) {
            parts.add(part("pod", "replace", herd.outdated()));
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
    }

    private static String part(String noun, String verb, List<String> names) {
        return Listing.count(names.size(), noun) + " to " + verb + ": " + Listing.of(names);
    }
}
