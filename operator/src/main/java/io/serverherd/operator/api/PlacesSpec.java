package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * How to ask Google Places.
 *
 * @param api            null: Legacy
 * @param endpoint       null: the operator's default
 * @param timeoutSeconds for a whole exchange, 1–60 s; null: 5
 * @param caSecretRef    null: Java's own authorities alone
 * @param languageCode   with the API New; null: Google decides
 * @param includedTypes  with the API New; null: all
 * @param rankPreference with the API New; null: Google's, POPULARITY
 * @param language       with the API Legacy; null: Google decides
 * @param keyword        with the API Legacy; null: none
 * @param type           with the API Legacy; null: all
 * @param maxRequestsPerSecond of the whole herd; null: no cap
 * @param maxRequestsPerDay    of the whole herd; null: no cap
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = CelRules.KEYWORD_IS_LEGACY, message = "keyword" + PlacesSpec.LEGACY_ONLY)
@ValidationRule(value = CelRules.LANGUAGE_IS_LEGACY, message = "language" + PlacesSpec.LEGACY_ONLY)
@ValidationRule(value = CelRules.TYPE_IS_LEGACY, message = "type" + PlacesSpec.LEGACY_ONLY)
@ValidationRule(value = CelRules.INCLUDED_TYPES_ARE_NEW, message = "includedTypes" + PlacesSpec.NEW_ONLY)
@ValidationRule(value = CelRules.LANGUAGE_CODE_IS_NEW, message = "languageCode" + PlacesSpec.NEW_ONLY)
@ValidationRule(value = CelRules.RANK_IS_NEW, message = "rankPreference" + PlacesSpec.NEW_ONLY)
public record PlacesSpec(
        @JsonPropertyDescription(
                "Where the API key is. The operator never reads it; the kubelet hands it to the servers. A changed key"
                        + " is used without a restart.")
        SecretKeyRef secretRef,

        @JsonPropertyDescription(
                "Which of Google's interfaces to use: Legacy, the default, or New, which is the only one that a new"
                        + " Google project can have. Clients see no difference. A change needs no restart.")
        @OneOf({PlacesSpec.LEGACY, PlacesSpec.NEW})
        String api,

        @Size(min = 1, max = 512)
        @Pattern(PlacesSpec.ENDPOINT_PATTERN)
        @JsonPropertyDescription(
                "Scheme, host and optional port and path prefix of the Places service, without a slash at the end."
                        + " Without it the operator's default; unless that was set otherwise, it is"
                        + " https://maps.googleapis.com with Legacy, https://places.googleapis.com with New. A change"
                        + " needs no restart.")
        String endpoint,

        @Min(1)
        @Max(60)
        @JsonPropertyDescription(
                "How long a server waits for Google's whole answer, in seconds, 1 to 60. Without it 5. A change needs"
                        + " no restart.")
        Integer timeoutSeconds,

        @JsonPropertyDescription(
                "Where certificates of authorities are that may have certified the endpoint, beside those that Java"
                        + " knows: of a company's proxy, say. Until the Secret is there, those that Java knows alone. Changed ones are"
                        + " used without a restart.")
        CaSecretRef caSecretRef,

        @Size(min = 2, max = 35)
        @Pattern(PlacesSpec.LANGUAGE_PATTERN)
        @JsonPropertyDescription(
                "With api New: the language of names and addresses, such as en or pt-BR. Without it Google decides.")
        String languageCode,

        @Size(min = 1, max = 50)
        @JsonPropertyDescription("With api New: places of these types alone, such as [cafe, bakery]. Without it all.")
        List<@Size(min = 1, max = 64) @Pattern(PlacesSpec.TYPE_PATTERN) String> includedTypes,

        @OneOf({PlacesSpec.POPULARITY, PlacesSpec.DISTANCE})
        @JsonPropertyDescription(
                "With api New: which places come first. Without it POPULARITY, which is Google's default.")
        String rankPreference,

        @Size(min = 2, max = 35)
        @Pattern(PlacesSpec.LANGUAGE_PATTERN)
        @JsonPropertyDescription(
                "With api Legacy: the language of names and addresses, such as en or pt-BR. Without it Google decides.")
        String language,

        @Size(min = 1, max = 256)
        @Pattern("^[^\\x00-\\x1f\\x7f-\\x9f]+$")
        @JsonPropertyDescription("With api Legacy: places that match these words alone. Without it all.")
        String keyword,

        @Size(min = 1, max = 64)
        @Pattern(PlacesSpec.TYPE_PATTERN)
        @JsonPropertyDescription("With api Legacy: places of this type alone, such as cafe. Without it all.")
        String type,

        @Min(1)
        @Max(10_000)
        @JsonPropertyDescription(
                "How often the herd may ask Google in any second, 1 to 10,000. Each server has an equal share, in whole"
                        + " numbers, so at least one per server is needed; beyond its share it answers"
                        + " OVER_QUERY_LIMIT by itself. Without it no cap. A change needs no restart.")
        Integer maxRequestsPerSecond,

        @Min(1)
        @Max(100_000_000)
        @JsonPropertyDescription(
                "How often the herd may ask Google from midnight to midnight UTC, 1 to 100,000,000; shared and answered"
                        + " as maxRequestsPerSecond. Without it no cap. A change needs no restart.")
        Integer maxRequestsPerDay) {

    /** Nearby Search, {@code GET /maps/api/place/nearbysearch/json}. */
    public static final String LEGACY = "Legacy";

    /** Nearby Search (New), {@code POST /v1/places:searchNearby}. */
    public static final String NEW = "New";

    static final String POPULARITY = "POPULARITY";
    static final String DISTANCE = "DISTANCE";

    // What is wrong with a field that is named before it.
    public static final String LEGACY_ONLY =
            " needs api: Legacy; with New there are includedTypes, languageCode and rankPreference";
    public static final String NEW_ONLY = " needs api: New; with Legacy there are keyword, language and type";
    public static final String SHARED = " must be at least the number of servers: each has an equal share";

    static final String LANGUAGE_PATTERN = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$";
    static final String TYPE_PATTERN = "^[a-z][a-z0-9_]*$";

    /** What a server can dial; it would refuse the rest, and go on asking where it asked before. */
    static final String ENDPOINT_PATTERN = "^https?://"
            + "([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\])"
            + "(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?"
            + "(/[A-Za-z0-9._~-]+)*$";

    public boolean usesNewApi() {
        return NEW.equals(api);
    }
}
