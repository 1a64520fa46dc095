package io.serverherd.local.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An apply would change fields that others own; answered with code 409, reason Conflict. */
public final class ApplyConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A cause of the Status, with reason FieldManagerConflict.
     *
     * @param message {@code conflict with "kubectl-edit" using apps/v1}
     * @param field {@code .spec.replicas}
     */
    public record Cause(String message, String field) {}

    private final transient List<Cause> causes;

    private ApplyConflictException(String message, List<Cause> causes) {
        super(message);
        this.causes = List.copyOf(causes);
    }

    /** @param conflicts the disputed paths by their owner in words */
    static ApplyConflictException of(Map<String, List<String>> conflicts) {
        List<Cause> causes = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        conflicts.forEach((owner, paths) -> {
            lines.append(lines.isEmpty() ? "" : "\n")
                    .append("conflicts with ")
                    .append(owner)
                    .append(":");
            for (String path : paths) {
                causes.add(new Cause("conflict with " + owner, path));
                lines.append("\n- ").append(path);
            }
        });
        String message = causes.size() == 1
                ? "Apply failed with 1 conflict: " + causes.get(0).message() + ": "
                        + causes.get(0).field()
                : "Apply failed with " + causes.size() + " conflicts: " + lines;
        return new ApplyConflictException(message, causes);
    }

    public List<Cause> causes() {
        return causes;
    }
}
