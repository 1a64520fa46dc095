package io.serverherd.node.config;

import java.net.URI;
import java.time.Duration;

/**
 * Where and how the server asks Google Places.
 *
 * @param api      which of Google's two interfaces the endpoint speaks
 * @param endpoint scheme, host, port and an optional path prefix, without a trailing slash
 * @param timeout  for a whole exchange, from look-up to the last byte of the body
 * @param search   what every question asks for beside a place and a radius
 * @param caps     how often at most
 */
public record PlacesConfig(Api api, URI endpoint, Duration timeout, PlacesSearch search, PlacesCaps caps) {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    public static final PlacesConfig DEFAULT = of(Api.LEGACY, Api.LEGACY.endpoint(), DEFAULT_TIMEOUT);

    /** Google's interfaces to Places; herd.json spells them `Legacy` and `New`. */
    public enum Api {
        /** Nearby Search, {@code GET /maps/api/place/nearbysearch/json}. */
        LEGACY("Legacy", "https://maps.googleapis.com"),
        /** Nearby Search (New), {@code POST /v1/places:searchNearby}. */
        NEW("New", "https://places.googleapis.com");

        private final String spelling;
        private final URI endpoint;

        Api(String spelling, String endpoint) {
            this.spelling = spelling;
            this.endpoint = URI.create(endpoint);
        }

        /** As in herd.json. */
        public String spelling() {
            return spelling;
        }

        /** Google's own. */
        public URI endpoint() {
            return endpoint;
        }
    }

    /** With a search that asks for nothing in particular, and without caps. */
    public static PlacesConfig of(Api api, URI endpoint, Duration timeout) {
        return new PlacesConfig(api, endpoint, timeout, PlacesSearch.PLAIN, PlacesCaps.NONE);
    }
}
