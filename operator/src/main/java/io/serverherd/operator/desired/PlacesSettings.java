package io.serverherd.operator.desired;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.serverherd.operator.api.PlacesSpec;
import java.util.List;

/**
 * How one server asks Google Places: the herd's wish, or the default where it has none.
 *
 * @param maxRequestsPerSecond this server's share of what the herd may; null: no cap
 * @param maxRequestsPerDay    the same of a day
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"api", "endpoint", "timeoutSeconds"})
public record PlacesSettings(
        String api,
        String endpoint,
        int timeoutSeconds,
        String languageCode,
        List<String> includedTypes,
        String rankPreference,
        String language,
        String keyword,
        String type,
        Integer maxRequestsPerSecond,
        Integer maxRequestsPerDay) {
    private static final int DEFAULT_TIMEOUT_SECONDS = 5;
    private static final String GOOGLE_LEGACY = "https://maps.googleapis.com";
    private static final String GOOGLE_NEW = "https://places.googleapis.com";

    /** @param spec null: all default; @param servers that share what the herd may */
    static PlacesSettings of(PlacesSpec spec, int servers, HerdSettings settings) {
        return spec == null
                ? plain(PlacesSpec.LEGACY, settings.placesEndpoint(), DEFAULT_TIMEOUT_SECONDS)
                : new PlacesSettings(
                        spec.usesNewApi() ? PlacesSpec.NEW : PlacesSpec.LEGACY,
                        spec.endpoint() == null ? endpoint(spec, settings.placesEndpoint()) : spec.endpoint(),
                        spec.timeoutSeconds() == null ? DEFAULT_TIMEOUT_SECONDS : spec.timeoutSeconds(),
                        spec.languageCode(),
                        spec.includedTypes(),
                        spec.rankPreference(),
                        spec.language(),
                        spec.keyword(),
                        spec.type(),
                        share(spec.maxRequestsPerSecond(), servers),
                        share(spec.maxRequestsPerDay(), servers));
    }

    /** Without wishes and caps. */
    static PlacesSettings plain(String api, String endpoint, int timeoutSeconds) {
        return new PlacesSettings(api, endpoint, timeoutSeconds, null, null, null, null, null, null, null, null);
    }

    /** Google's two APIs are at two hosts; another default, such as a proxy in Google's place, is for both. */
    private static String endpoint(PlacesSpec spec, String otherwise) {
        return spec.usesNewApi() && otherwise.equals(GOOGLE_LEGACY) ? GOOGLE_NEW : otherwise;
    }

    /** Rounded down, so that all servers together never ask more often; at least 1, as was validated. */
    private static Integer share(Integer ofHerd, int servers) {
        return ofHerd == null ? null : Integer.valueOf(ofHerd / servers);
    }
}
