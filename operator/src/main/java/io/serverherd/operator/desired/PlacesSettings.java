package io.serverherd.operator.desired;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.serverherd.operator.api.PlacesSpec;

/** How servers ask Google Places: the herd's wish, or the default where it has none. */
@JsonPropertyOrder({"api", "endpoint", "timeoutSeconds"})
public record PlacesSettings(String api, String endpoint, int timeoutSeconds) {
    private static final int DEFAULT_TIMEOUT_SECONDS = 5;

    /** @param spec null: all default */
    static PlacesSettings of(PlacesSpec spec, HerdSettings settings) {
        if (spec == null) {
            return new PlacesSettings(PlacesSpec.LEGACY, settings.placesEndpoint(), DEFAULT_TIMEOUT_SECONDS);
        }
        return new PlacesSettings(
                spec.api() == null ? PlacesSpec.LEGACY : spec.api(),
                spec.endpoint() == null ? settings.placesEndpoint() : spec.endpoint(),
                spec.timeoutSeconds() == null ? DEFAULT_TIMEOUT_SECONDS : spec.timeoutSeconds());
    }
}
