package io.serverherd.local.patch;

import java.util.List;

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

    public ApplyConflictException(String message, List<Cause> causes) {
        super(message);
        this.causes = List.copyOf(causes);
    }

    public List<Cause> causes() {
        return causes;
    }
}
