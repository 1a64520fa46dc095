package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Two neighbours, in either order. */
@ValidationRule(
        value = CelRules.ENDS_DIFFER,
        message = "an edge joins two different servers",
        messageExpression = CelRules.ENDS_DIFFER_MESSAGE)
public record EdgeSpec(
        @Required @Size(min = 1, max = 32) @JsonPropertyDescription("The name of one end, exactly as in spec.servers.")
        String a,

        @Required
        @Size(min = 1, max = 32)
        @JsonPropertyDescription("The name of the other end, exactly as in spec.servers.")
        String b) {}
