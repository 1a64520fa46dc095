package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Something that should be true of a node. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = CelRules.VALUES_FIT_OPERATOR, message = NodeRequirement.VALUES_FIT_OPERATOR)
public record NodePreference(
        @Required @Min(1) @Max(100) @JsonPropertyDescription("How much it counts, 1 to 100.")
        Integer weight,

        @Required
        @Size(min = 1, max = 317)
        @JsonPropertyDescription("The label's key, such as topology.kubernetes.io/zone.")
        String key,

        @Required
        @OneOf({NodeRequirement.IN, NodeRequirement.NOT_IN, "Exists", "DoesNotExist"})
        @JsonPropertyDescription(
                "In, NotIn: the label's value is one of the values, or none of them. Exists, DoesNotExist: whatever the"
                        + " value.")
        String operator,

        @Size(min = 1, max = 64) @JsonPropertyDescription("Values of the label; only with In and NotIn.")
        List<@Size(max = 63) String> values) {

    public boolean valuesFitOperator() {
        return NodeRequirement.valuesFitOperator(operator, values);
    }
}
