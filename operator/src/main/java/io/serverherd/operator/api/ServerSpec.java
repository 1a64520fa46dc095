package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * One server.
 *
 * @param pod null: as the herd's
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ServerSpec(
        @Required
        @Size(min = 1, max = 32)
        @Pattern(ServerSpec.NAME_PATTERN)
        @JsonPropertyDescription(
                "The server's name, as clients and neighbours see it: up to 32 letters, digits and '-', beginning"
                        + " with a letter and not ending with '-'. Unique in the herd, also in lower case.")
        String name,

        @JsonPropertyDescription("What is different for this server's pod; what is not set here is as in spec.pod.")
        PodSettings pod) {

    public static final String NAME_PATTERN = "^[A-Za-z]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?$";
}
