package io.serverherd.operator.status;

import java.util.List;

/**
 * How far this pass of the loop came.
 *
 * @param conflicts objects of a wanted name that belong to someone else, such as {@code Service five-node-herd}
 * @param failures  what the API refused, one sentence each
 */
public record Progress(List<String> conflicts, List<String> failures) {

    public Progress {
        conflicts = List.copyOf(conflicts);
        failures = List.copyOf(failures);
    }

    public static Progress unhindered() {
        return new Progress(List.of(), List.of());
    }
}
