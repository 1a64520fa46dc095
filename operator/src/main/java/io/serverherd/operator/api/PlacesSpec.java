package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/**
 * How to ask Google Places.
 *
 * @param api            null: Legacy
 * @param endpoint       null: the operator's default
 * @param timeoutSeconds for a whole exchange, 1–60 s; null: 5
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PlacesSpec(
        @JsonPropertyDescription(
                "Where the API key is. The operator never reads it; the kubelet hands it to the servers. A changed key"
                        + " is used without a restart.")
        SecretKeyRef secretRef,

        @JsonPropertyDescription("Which of Google's interfaces to use. Legacy, which is the default, is Nearby Search"
                + " with a key in the query.")
        @OneOf(PlacesSpec.LEGACY)
        String api,

        @Size(min = 1, max = 512)
        @Pattern(PlacesSpec.ENDPOINT_PATTERN)
        @JsonPropertyDescription(
                "Scheme, host and optional port and path prefix of the Places service, without a slash at the end."
                        + " Without it the operator's default, https://maps.googleapis.com unless it was set"
                        + " otherwise. A change needs no restart.")
        String endpoint,

        @Min(1)
        @Max(60)
        @JsonPropertyDescription(
                "How long a server waits for Google's whole answer, in seconds, 1 to 60. Without it 5. A change needs"
                        + " no restart.")
        Integer timeoutSeconds) {

    /** Nearby Search, {@code GET /maps/api/place/nearbysearch/json}. */
    public static final String LEGACY = "Legacy";

    /** What a server can dial; it would refuse the rest, and go on asking where it asked before. */
    static final String ENDPOINT_PATTERN = "^https?://"
            + "([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\])"
            + "(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?"
            + "(/[A-Za-z0-9._~-]+)*$";
}
