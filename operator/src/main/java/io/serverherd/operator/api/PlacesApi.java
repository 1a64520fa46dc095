package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Google's interfaces to Places; the spelling is the one of the resource and of {@code herd.json}. */
public enum PlacesApi {
    /** Nearby Search, {@code GET /maps/api/place/nearbysearch/json}. */
    @JsonProperty("Legacy")
    LEGACY
}
