package io.serverherd.node.config;

import java.net.URI;
import java.time.Duration;

/**
 * Where and how the server asks Google Places.
 *
 * @param api      which of Google's two interfaces the endpoint speaks
 * @param endpoint scheme, host, port and an optional path prefix, without a trailing slash
 * @param timeout  for a whole exchange, from look-up to the last byte of the body
 */
public record PlacesConfig(Api api, URI endpoint, Duration timeout) {
    public static final PlacesConfig DEFAULT =
            new PlacesConfig(Api.LEGACY, URI.create("https://maps.googleapis.com"), Duration.ofSeconds(5));

    /** Google's interfaces to Places; herd.json spells them `Legacy` and `New`. */
    public enum Api {
        /** Nearby Search, {@code GET /maps/api/place/nearbysearch/json}. */
        LEGACY
    }
}
