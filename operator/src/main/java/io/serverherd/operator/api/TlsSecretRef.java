package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A certificate with its key, in a Secret of the herd's namespace as kubectl create secret tls makes it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = CelRules.SECRET_IS_NOT_OURS, fieldPath = ".name", message = SecretKeyRef.OURS)
public record TlsSecretRef(
        @Required
        @Size(min = 1, max = 253)
        @Pattern(SecretKeyRef.NAME_PATTERN)
        @JsonPropertyDescription("The Secret's name, with the keys tls.crt and tls.key. Until it is there the"
                + " servers let no client in.")
        String name) {}
