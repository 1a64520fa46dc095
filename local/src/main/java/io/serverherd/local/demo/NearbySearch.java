package io.serverherd.local.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A legacy Nearby Search: the query's parameters → the JSON text, indented as Google's. */
final class NearbySearch {

    private static final int PAGE = 20;
    /** Nearby Search takes no larger radius. */
    private static final double MAX_RADIUS_METRES = 50_000;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectWriter WRITER = MAPPER.writer(googleStyle());

    private NearbySearch() {}

    static String answer(Map<String, String> query) {
        if (query.getOrDefault("key", "").isEmpty()) {
            return failure("REQUEST_DENIED", "Parameter 'key' is missing; the demo takes any.");
        }
        double[] location = location(query.getOrDefault("location", ""));
        if (location.length == 0) {
            return failure("INVALID_REQUEST", "Parameter 'location' must be LATITUDE,LONGITUDE in degrees.");
        }
        double radius = number(query.getOrDefault("radius", ""));
        if (!(radius >= 0 && radius <= MAX_RADIUS_METRES)) {
            return failure("INVALID_REQUEST", "Parameter 'radius' must be 0 to 50000 metres.");
        }
        List<DemoLandmarks.Landmark> landmarks = DemoLandmarks.near(location[0], location[1], radius, PAGE);
        ObjectNode body = body(landmarks.isEmpty() ? "ZERO_RESULTS" : "OK");
        landmarks.forEach(landmark -> result(body.withArray("results").addObject(), landmark));
        return text(body);
    }

    private static void result(ObjectNode result, DemoLandmarks.Landmark landmark) {
        result.put("business_status", "OPERATIONAL");
        result.withObject("geometry")
                .withObject("location")
                .put("lat", degrees(landmark.latitude()))
                .put("lng", degrees(landmark.longitude()));
        result.put("name", landmark.name());
        result.put("place_id", landmark.id());
        result.put("rating", BigDecimal.valueOf(landmark.rating(), 1));
        result.put("reference", landmark.id());
        ArrayNode types = result.putArray("types");
        types.add(landmark.type()).add("point_of_interest").add("establishment");
        result.put("user_ratings_total", landmark.ratings());
        result.put("vicinity", String.format(Locale.ROOT, "made up for the demo, %.0f m away", landmark.metres()));
    }

    private static ObjectNode body(String status) {
        ObjectNode body = MAPPER.createObjectNode();
        body.putArray("html_attributions").add("Demo data: these places do not exist");
        body.putArray("results");
        return body.put("status", status);
    }

    private static String failure(String status, String message) {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("error_message", message);
        body.putArray("html_attributions");
        body.putArray("results");
        return text(body.put("status", status));
    }

    /** @return latitude and longitude, or nothing */
    private static double[] location(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length != 2) {
            return new double[0];
        }
        double latitude = number(parts[0]);
        double longitude = number(parts[1]);
        return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
                ? new double[] {latitude, longitude}
                : new double[0];
    }

    /** @return NaN for what is no plain decimal number */
    private static double number(String text) {
        return text.matches("[+-]?\\d+(\\.\\d+)?") ? Double.parseDouble(text) : Double.NaN;
    }

    private static BigDecimal degrees(double value) {
        return BigDecimal.valueOf(value).setScale(7, RoundingMode.HALF_EVEN);
    }

    private static String text(ObjectNode body) {
        try {
            return WRITER.writeValueAsString(body) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers can always be written", e);
        }
    }

    private static DefaultPrettyPrinter googleStyle() {
        DefaultIndenter indenter = new DefaultIndenter("   ", "\n");
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.BOTH)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        return new DefaultPrettyPrinter(separators).withObjectIndenter(indenter).withArrayIndenter(indenter);
    }
}
