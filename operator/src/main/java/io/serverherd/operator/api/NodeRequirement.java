package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Something that must be true of a node. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = CelRules.VALUES_FIT_OPERATOR, message = NodeRequirement.VALUES_FIT_OPERATOR)
public record NodeRequirement(
        @Required @Size(min = 1, max = 317) @JsonPropertyDescription("The label's key, such as kubernetes.io/arch.")
        String key,

        @Required
        @OneOf({NodeRequirement.IN, NodeRequirement.NOT_IN, "Exists", "DoesNotExist"})
        @JsonPropertyDescription(
                "In, NotIn: the label's value is one of the values, or none of them. Exists, DoesNotExist: whatever the"
                        + " value.")
        String operator,

        @Size(min = 1, max = 64) @JsonPropertyDescription("Values of the label; only with In and NotIn.")
        List<@Size(max = 63) String> values) {

    static final String IN = "In";
    static final String NOT_IN = "NotIn";

    public static final String VALUES_FIT_OPERATOR = "In and NotIn need values, Exists and DoesNotExist have none";

    public boolean valuesFitOperator() {
        return valuesFitOperator(operator, values);
    }

    static boolean valuesFitOperator(String operator, List<String> values) {
        return (values != null) == (IN.equals(operator) || NOT_IN.equals(operator));
    }
}
