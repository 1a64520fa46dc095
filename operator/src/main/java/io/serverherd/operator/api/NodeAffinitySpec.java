package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** A pod's node affinity, as far as it is about labels of nodes: requirements that all hold, and preferences that count. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NodeAffinitySpec(
        @Size(max = 16) @JsonPropertyDescription("What must be true of a node's labels, all of it.")
        List<NodeRequirement> required,

        @Size(max = 16)
        @JsonPropertyDescription("What should be true of a node's labels; the node with the most weight is taken.")
        List<NodePreference> preferred) {

    public boolean saysNothing() {
        return (required == null || required.isEmpty()) && (preferred == null || preferred.isEmpty());
    }
}
