package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** CPU and memory, as Kubernetes spells them. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Resources(
        @Size(max = 16)
        @JsonPropertyDescription("What is set aside for the server, such as {cpu: 100m, memory: 192Mi}.")
        Map<String, Quantity> requests,

        @Size(max = 16)
        @JsonPropertyDescription(
                "What the server may use at most. A server over its memory limit is killed and starts again. Once any"
                        + " limit is said, only those that are said hold: {memory: 1Gi} leaves the CPU unlimited.")
        Map<String, Quantity> limits) {}
