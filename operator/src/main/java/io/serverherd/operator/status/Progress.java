package io.serverherd.operator.status;

import java.util.List;
import java.util.Optional;

/**
 * How far this pass of the loop came.
 *
 * @param conflicts objects of a wanted name that belong to someone else, such as {@code Service five-node-herd}
 * @param failures  what the API refused, one sentence each
 * @param renewals  sets to be made anew, since what differs of them can't be changed; by name
 * @param held      what it would have done; empty: the herd is not paused
 */
public record Progress(List<String> conflicts, List<String> failures, List<String> renewals, Optional<Held> held) {

    public Progress {
        conflicts = List.copyOf(conflicts);
        failures = List.copyOf(failures);
        renewals = List.copyOf(renewals);
    }

    public static Progress unhindered() {
        return new Progress(List.of(), List.of(), List.of(), Optional.empty());
    }
}
