package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** What is known of one server. */
public record ServerStatus(
        @Required @JsonPropertyDescription("The server's name.")
        String name,

        @JsonPropertyDescription("Its pod, also the pod to port-forward to.")
        String pod,

        @JsonPropertyDescription("Whether the pod is ready.")
        boolean ready,

        @JsonPropertyDescription("How many neighbours the spec gives it.")
        int neighbours,

        @JsonPropertyDescription("To how many of them it says it is connected.")
        int connected) {}
