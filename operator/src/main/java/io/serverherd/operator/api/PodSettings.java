package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;

/** What may be said of a pod, for the whole herd or for one server. Null: not said. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PodSettings(
        @JsonPropertyDescription(
                "CPU and memory of a server. Without it 50m of CPU and 128Mi of memory are requested, and nothing is"
                        + " limited. A server's own values win, resource by resource.")
        Resources resources,

        @Size(max = 64)
        @JsonPropertyDescription("Labels a node must have to run the pod. A server's own entries win, label by label.")
        Map<String, String> nodeSelector,

        @Size(max = 64) @JsonPropertyDescription("Taints the pod tolerates. A server's own list replaces the herd's.")
        List<TolerationSpec> tolerations,

        @Size(min = 1, max = 253) @JsonPropertyDescription("The PriorityClass of the pod.")
        String priorityClassName) {}
