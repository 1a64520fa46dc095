package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A Secret of type {@code kubernetes.io/dockerconfigjson}; only the kubelet reads it. */
public record ImagePullSecret(
        @Required
        @Size(min = 1, max = 253)
        @Pattern(SecretKeyRef.NAME_PATTERN)
        @JsonPropertyDescription("The Secret's name.")
        String name) {}
