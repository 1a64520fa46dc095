package io.serverherd.node.places;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.serverherd.node.config.PlacesConfig;
import io.serverherd.node.config.PlacesKey;
import io.serverherd.node.config.PlacesSearch;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;

/** {@code POST /v1/places:searchNearby}, the key and the wanted members in headers; the answer comes to the legacy shape. */
final class NewNearbySearch implements PlacesApi {
    /** What {@link LegacyShape} reads, and nothing else: Google charges by it. */
    static final String FIELD_MASK = "places.attributions,places.businessStatus,places.displayName.text,places.id,"
            + "places.location,places.rating,places.shortFormattedAddress,places.types,places.userRatingCount";

    /** A page, as of the legacy API. */
    private static final int PAGE = 20;

    private static final JsonFactory JSON = new JsonFactory();

    /** The new API refuses a count and a radius of 0. */
    @Override
    public boolean canAsk(PlacesQuery query) {
        return query.bound() > 0 && new BigDecimal(query.radiusKm()).signum() > 0;
    }

    @Override
    public HttpRequest request(PlacesQuery query, PlacesConfig config, PlacesKey key) {
        return HttpRequest.newBuilder(URI.create(config.endpoint() + "/v1/places:searchNearby"))
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .header("X-Goog-Api-Key", key.secret())
                .header("X-Goog-FieldMask", FIELD_MASK)
                .timeout(config.timeout())
                .POST(HttpRequest.BodyPublishers.ofString(body(query, config.search())))
                .build();
    }

    static String body(PlacesQuery query, PlacesSearch search) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("maxResultCount", PAGE);
            writeCircle(query, json);
            writeSearch(search, json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("text can be written to memory", e);
        }
        return text.toString();
    }

    private static void writeCircle(PlacesQuery query, JsonGenerator json) throws IOException {
        String[] location =
                LegacyNearbySearch.latitudeLongitude(query.location()).split(",");
        json.writeObjectFieldStart("locationRestriction");
        json.writeObjectFieldStart("circle");
        json.writeObjectFieldStart("center");
        writeDegrees("latitude", location[0], json);
        writeDegrees("longitude", location[1], json);
        json.writeEndObject();
        json.writeFieldName("radius");
        json.writeNumber(LegacyNearbySearch.metres(query.radiusKm()));
        json.writeEndObject();
        json.writeEndObject();
    }

    /** A JSON number has no leading zeros. */
    private static void writeDegrees(String name, String degrees, JsonGenerator json) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(new BigDecimal(degrees).toPlainString());
    }

    private static void writeSearch(PlacesSearch search, JsonGenerator json) throws IOException {
        if (!search.types().isEmpty()) {
            json.writeArrayFieldStart("includedTypes");
            for (String type : search.types()) {
                json.writeString(type);
            }
            json.writeEndArray();
        }
        if (search.language().isPresent()) {
            json.writeStringField("languageCode", search.language().get());
        }
        if (search.rank().isPresent()) {
            json.writeStringField("rankPreference", search.rank().get());
        }
    }

    @Override
    public PlacesAnswer answer(int httpStatus, byte[] body) {
        try {
            return PlacesAnswer.of(httpStatus == 200 ? LegacyShape.ofAnswer(body) : LegacyShape.ofError(body));
        } catch (IOException e) {
            return PlacesAnswer.failed(httpStatus == 200 ? Outcome.BAD_ANSWER : Outcome.ofHttpError(httpStatus));
        }
    }
}
