package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** How the herd's pods are spread, as in a pod; which pods count is known: the herd's. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TopologySpreadSpec(
        @Required
        @Size(min = 1, max = 317)
        @JsonPropertyDescription("The label of nodes that tells the parts apart, such as topology.kubernetes.io/zone.")
        String topologyKey,

        @Min(1)
        @Max(200)
        @JsonPropertyDescription("How many more of the herd's pods one part may have than another. Default 1.")
        Integer maxSkew,

        @OneOf({TopologySpreadSpec.SCHEDULE_ANYWAY, "DoNotSchedule"})
        @JsonPropertyDescription(
                "What becomes of a pod that would make it worse: ScheduleAnyway, which is the default, or"
                        + " DoNotSchedule.")
        String whenUnsatisfiable) {

    public static final String SCHEDULE_ANYWAY = "ScheduleAnyway";
}
