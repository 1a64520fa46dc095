package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * What servers log beside their events.
 *
 * @param messages null: no
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LoggingSpec(
        @JsonPropertyDescription(
                "Whether every line received and sent, of clients and neighbours, is logged too. Default false. A"
                        + " change needs no restart.")
        Boolean messages) {}
