package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * One key of a Secret in the herd's namespace.
 *
 * @param key null: {@value #DEFAULT_KEY}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = CelRules.SECRET_IS_NOT_OURS, fieldPath = ".name", message = SecretKeyRef.OURS)
public record SecretKeyRef(
        @Required
        @Size(min = 1, max = 253)
        @Pattern(SecretKeyRef.NAME_PATTERN)
        @JsonPropertyDescription(
                "The Secret's name. It may be made later: the herd runs without it, and WHATSAT answers that the"
                        + " key is missing until it is there.")
        String name,

        @Size(min = 1, max = 253)
        @Pattern(SecretKeyRef.KEY_PATTERN)
        @JsonPropertyDescription("Which of the Secret's keys holds the Places API key. Without it api-key.")
        String key) {

    /** As Kubernetes names objects: no slash, so no other namespace, and never two dots in a row. */
    static final String NAME_PATTERN = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

    /** A file's name, that leads to no other folder. */
    static final String KEY_PATTERN = "^\\.?[-_a-zA-Z0-9]+(\\.[-_a-zA-Z0-9]+)*\\.?$";

    /** Ends of the names of Secrets for the servers' links. */
    static final String OURS_PATTERN = "-peer-(ca|cert|tls)$";

    private static final java.util.regex.Pattern OURS_NAME = java.util.regex.Pattern.compile(OURS_PATTERN);

    public static final String OURS =
            "a Secret whose name ends with -peer-ca, -peer-cert or -peer-tls is for the links between servers, and for nothing else";

    public static final String DEFAULT_KEY = "api-key";

    public SecretKeyRef {
        key = key == null ? DEFAULT_KEY : key;
    }

    /** @param secret the name of a Secret that a herd's user names */
    public static boolean isOurs(String secret) {
        return OURS_NAME.matcher(secret).find();
    }
}
