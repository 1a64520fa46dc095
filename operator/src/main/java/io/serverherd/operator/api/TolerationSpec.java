package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/** A taint that a pod tolerates, as in a pod. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TolerationSpec(
        @Size(max = 317) @JsonPropertyDescription("The taint's key; empty with operator Exists: every taint.")
        String key,

        @JsonPropertyDescription("Equal, which is the default, compares key and value; Exists compares the key alone.")
        @OneOf({"Equal", "Exists"})
        String operator,

        @Size(max = 63) @JsonPropertyDescription("The taint's value; only with operator Equal.")
        String value,

        @JsonPropertyDescription("The taint's effect; without it every effect.")
        @OneOf({"NoSchedule", "PreferNoSchedule", "NoExecute"})
        String effect,

        @JsonPropertyDescription(
                "With effect NoExecute: how long the pod may stay after the taint appears, in seconds. Without it"
                        + " for ever.")
        Long tolerationSeconds) {}
