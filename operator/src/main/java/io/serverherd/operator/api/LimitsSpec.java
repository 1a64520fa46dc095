package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** What one server bears. Null: the node's own default. The bounds are the node's. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LimitsSpec(
        @Min(256)
        @Max(1_048_576)
        @JsonPropertyDescription(
                "The longest line a client may send, in bytes without its end: 256 to 1048576, default 16384. A longer"
                        + " one is answered with '?', and the connection is closed.")
        Integer lineBytes,

        @Min(1)
        @Max(1_000_000)
        @JsonPropertyDescription(
                "How many client connections a server has open at a time: 1 to 1000000, default 10000. Further ones are"
                        + " closed at once.")
        Integer connections,

        @Min(1)
        @Max(1_000_000)
        @JsonPropertyDescription(
                "How many of them come from one IP address: 1 to 1000000, by default as many as there are. Behind a load"
                        + " balancer or a Service all clients may have the same.")
        Integer connectionsPerAddress,

        @Min(1)
        @Max(100_000_000)
        @JsonPropertyDescription(
                "Of how many clients a server keeps the position: 1 to 100000000, default 1000000. Beyond, those whose"
                        + " reports are the oldest are forgotten, the same ones on all servers.")
        Integer clients,

        @Min(0)
        @Max(3_153_600_000L)
        @JsonPropertyDescription(
                "How far ahead of a server's clock a report's time may be, in seconds: 0 to 3153600000, default 86400,"
                        + " a day. A report from further ahead is refused.")
        Long futureSeconds) {}
