package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * Certificates in a Secret of the herd's namespace.
 *
 * @param key null: {@value #DEFAULT_KEY}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = CelRules.SECRET_IS_NOT_OURS, fieldPath = ".name", message = SecretKeyRef.OURS)
public record CaSecretRef(
        @Required
        @Size(min = 1, max = 253)
        @Pattern(SecretKeyRef.NAME_PATTERN)
        @JsonPropertyDescription("The Secret's name. It may be made later.")
        String name,

        @Size(min = 1, max = 253)
        @Pattern(SecretKeyRef.KEY_PATTERN)
        @JsonPropertyDescription("Which of the Secret's keys holds the certificates, in PEM. Without it ca.crt.")
        String key) {

    public static final String DEFAULT_KEY = "ca.crt";

    public CaSecretRef {
        key = key == null ? DEFAULT_KEY : key;
    }
}
