package io.serverherd.node.places;

import io.serverherd.node.config.PlacesConfig;
import io.serverherd.node.config.PlacesKey;
import java.net.http.HttpRequest;

/**
 * One of Google's interfaces to Places: how a question is put to it, and how its answer comes to the legacy shape that
 * clients are promised. Pure; {@link PlacesClient} does the talking.
 */
interface PlacesApi {
    /** Whether it takes such a question; what it would refuse is not put to it. */
    default boolean canAsk(PlacesQuery query) {
        return true;
    }

    /** The request holds the key, in its address or a header: it is never logged. */
    HttpRequest request(PlacesQuery query, PlacesConfig config, PlacesKey key);

    PlacesAnswer answer(int httpStatus, byte[] body);

    static PlacesApi of(PlacesConfig.Api api) {
        return switch (api) {
            case LEGACY -> new LegacyNearbySearch();
            case NEW -> new NewNearbySearch();
        };
    }
}
