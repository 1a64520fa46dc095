package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The printer columns' text. */
public record HerdSummary(
        @JsonPropertyDescription("Servers that are ready, of all, such as 4/5.")
        String servers,

        @JsonPropertyDescription("Edges that both ends call connected, of all, such as 5/5.")
        String edges,

        @JsonPropertyDescription("What the herd is doing, in words.")
        String state) {}
