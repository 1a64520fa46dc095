package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * One key of a Secret in the herd's namespace.
 *
 * @param key null: {@value #DEFAULT_KEY}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SecretKeyRef(
        @Required
        @Size(min = 1, max = 253)
        @Pattern(SecretKeyRef.NAME_PATTERN)
        @JsonPropertyDescription(
                "The Secret's name. It may be made later: the herd runs without it, and WHATSAT answers that the"
                        + " key is missing until it is there.")
        String name,

        @Size(min = 1, max = 253)
        @Pattern("^[-._a-zA-Z0-9]+$")
        @JsonPropertyDescription("Which of the Secret's keys holds the Places API key. Without it api-key.")
        String key) {

    static final String NAME_PATTERN = "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$";
    public static final String DEFAULT_KEY = "api-key";

    public SecretKeyRef {
        key = key == null ? DEFAULT_KEY : key;
    }
}
