package io.serverherd.node.places;

import io.serverherd.node.config.PlacesConfig;
import io.serverherd.node.config.PlacesKey;
import io.serverherd.node.config.PlacesSearch;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code GET /maps/api/place/nearbysearch/json?location=LAT,LNG&radius=METRES&key=KEY}, and {@code language}, {@code keyword} and {@code type} where wanted. */
final class LegacyNearbySearch implements PlacesApi {

    @Override
    public HttpRequest request(PlacesQuery query, PlacesConfig config, PlacesKey key) {
        return HttpRequest.newBuilder(URI.create(config.endpoint()
                        + "/maps/api/place/nearbysearch/json?location="
                        + latitudeLongitude(query.location())
                        + "&radius="
                        + metres(query.radiusKm())
                        + search(config.search())
                        + "&key="
                        + encoded(key.secret())))
                .header("Accept", "application/json")
                .timeout(config.timeout())
                .GET()
                .build();
    }

    @Override
    public PlacesAnswer answer(int httpStatus, byte[] body) {
        return httpStatus == 200 ? PlacesAnswer.of(body) : PlacesAnswer.failed(Outcome.ofHttpError(httpStatus));
    }

    private static String search(PlacesSearch search) {
        return parameter("language", search.language())
                + parameter("keyword", search.keyword())
                + parameter("type", search.types().stream().findFirst());
    }

    private static String parameter(String name, Optional<String> value) {
        return value.map(text -> "&" + name + "=" + encoded(text)).orElse("");
    }

    /** ISO 6709 to {@code LAT,LNG} with the reporter's digits; without {@code +}, which is a space in a query. */
    static String latitudeLongitude(String location) {
        int second = Math.max(location.lastIndexOf('+'), location.lastIndexOf('-'));
        return withoutPlus(location.substring(0, second)) + "," + withoutPlus(location.substring(second));
    }

    private static String withoutPlus(String coordinate) {
        return coordinate.startsWith("+") ? coordinate.substring(1) : coordinate;
    }

    static String metres(String kilometres) {
        return new BigDecimal(kilometres).movePointRight(3).stripTrailingZeros().toPlainString();
    }

    /** A form's encoding writes a blank as {@code +}; an address's query wants {@code %20}. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
