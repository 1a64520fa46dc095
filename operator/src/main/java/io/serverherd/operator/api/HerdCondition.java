package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * One fact about the herd, in the form Kubernetes tools know.
 *
 * @param status             {@code True}, {@code False} or {@code Unknown}
 * @param lastTransitionTime RFC 3339, whole seconds, UTC
 */
public record HerdCondition(
        @Required @Size(max = 316) @JsonPropertyDescription("The fact's name.")
        String type,

        @Required @JsonPropertyDescription("Whether it is so: True, False or Unknown.")
        Status status,

        @JsonPropertyDescription("The metadata.generation the fact was found for.")
        Long observedGeneration,

        @Required @JsonPropertyDescription("When the status last changed.")
        String lastTransitionTime,

        @Required @Size(min = 1, max = 1024) @JsonPropertyDescription("Why, as one word for programs.")
        String reason,

        @Required
        @Size(max = 32768)
        @JsonPropertyDescription("Why, in words, and what to do where something is to be done.")
        String message) {

    /** Spelled as Kubernetes does, for the names are the resource's text. */
    public enum Status {
        True,
        False,
        Unknown
    }

    public boolean holds() {
        return status == Status.True;
    }
}
