package io.serverherd.local.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** A Nearby Search of the new API: the request's body → the JSON text, with what the field mask names and nothing else. */
final class NearbySearchNew {
    private static final int PAGE = 20;
    private static final double MAX_RADIUS_METRES = 50_000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private NearbySearchNew() {}

    /** @param status of HTTP */
    record Answer(int status, String text) {}

    /** @param key, fieldMask empty: not said */
    static Answer answer(String key, String fieldMask, byte[] body) {
        if (key.isEmpty()) {
            return failure(403, "PERMISSION_DENIED", "The header X-Goog-Api-Key is missing; the demo takes any key.");
        }
        if (fieldMask.isEmpty()) {
            return failure(400, "INVALID_ARGUMENT", "The header X-Goog-FieldMask is missing.");
        }
        JsonNode request = read(body);
        JsonNode circle = request.at("/locationRestriction/circle");
        double latitude = circle.at("/center/latitude").asDouble(Double.NaN);
        double longitude = circle.at("/center/longitude").asDouble(Double.NaN);
        double radius = circle.path("radius").asDouble(0);
        int count = request.path("maxResultCount").asInt(PAGE);
        boolean valid = Math.abs(latitude) <= 90
                && Math.abs(longitude) <= 180
                && radius > 0
                && radius <= MAX_RADIUS_METRES
                && count >= 1
                && count <= PAGE;
        return valid
                ? new Answer(
                        200,
                        text(new FieldMask(fieldMask)
                                .kept(places(DemoLandmarks.near(latitude, longitude, radius, count)))))
                : failure(
                        400,
                        "INVALID_ARGUMENT",
                        "The body must have a circle of 0 to 50000 metres and a count of 1 to 20.");
    }

    private static ObjectNode places(List<DemoLandmarks.Landmark> landmarks) {
        ObjectNode body = MAPPER.createObjectNode();
        for (DemoLandmarks.Landmark landmark : landmarks) {
            ObjectNode place = body.withArray("places").addObject();
            // Beside what the legacy API has too, a few of those members that it has not.
            place.put("name", "places/" + landmark.id());
            place.put("primaryType", landmark.type());
            place.put("id", landmark.id());
            place.putArray("types")
                    .add(landmark.type())
                    .add("point_of_interest")
                    .add("establishment");
            place.putObject("location")
                    .put("latitude", degrees(landmark.latitude()))
                    .put("longitude", degrees(landmark.longitude()));
            place.put("rating", BigDecimal.valueOf(landmark.rating(), 1));
            place.put("businessStatus", "OPERATIONAL");
            place.put("userRatingCount", landmark.ratings());
            place.putObject("displayName").put("text", landmark.name()).put("languageCode", "en");
            place.putArray("attributions").addObject().put("provider", "Demo data: these places do not exist");
            place.put(
                    "shortFormattedAddress",
                    String.format(Locale.ROOT, "made up for the demo, %.0f m away", landmark.metres()));
        }
        return body;
    }

    private static JsonNode read(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            return MAPPER.missingNode();
        }
    }

    private static Answer failure(int status, String name, String message) {
        ObjectNode body = MAPPER.createObjectNode();
        body.putObject("error").put("code", status).put("message", message).put("status", name);
        return new Answer(status, text(body));
    }

    private static BigDecimal degrees(double value) {
        return BigDecimal.valueOf(value).setScale(7, RoundingMode.HALF_EVEN);
    }

    private static String text(ObjectNode body) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(body) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers can always be written", e);
        }
    }
}
