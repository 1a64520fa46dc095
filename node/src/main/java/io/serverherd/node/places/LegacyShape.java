package io.serverherd.node.places;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Answers of the new API, in the shape of the legacy one: its members in its order, its indentation, UTF-8 as it is, and
 * numbers as Google spelled them.
 *
 * <pre>
 * {"places": [{"id", "displayName": {"text"}, …}]}  ─▶  {"html_attributions", "results": [{"name", "place_id", …}], "status"}
 * {"error": {"status": "PERMISSION_DENIED", …}}     ─▶  {"error_message", "html_attributions", "results", "status"}
 * </pre>
 */
final class LegacyShape {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(PlacesAnswer.MAX_DEPTH)
                    .build())
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    /** What can be written without an answer that is read. */
    @FunctionalInterface
    private interface Results {
        void write(JsonGenerator json) throws IOException;
    }

    private LegacyShape() {}

    /** @throws IOException when the body is not an answer of the new API */
    static byte[] ofAnswer(byte[] body) throws IOException {
        NewAnswer answer = NewAnswer.read(JSON, body);
        return text("", answer.attributions(), answer.places().isEmpty() ? "ZERO_RESULTS" : "OK", json -> {
            for (NewAnswer.Place place : answer.places()) {
                write(place, json);
            }
        });
    }

    /** @throws IOException when the body is not an error of the new API, or one that the legacy API has no name for */
    static byte[] ofError(byte[] body) throws IOException {
        NewError error = NewError.read(JSON, body);
        return text(error.reason(), List.of(), error.legacyStatus(), json -> {});
    }

    private static byte[] text(String errorMessage, List<String> attributions, String status, Results results)
            throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(text).setPrettyPrinter(googleStyle())) {
            json.writeStartObject();
            writeText("error_message", errorMessage, json);
            writeTexts("html_attributions", attributions, json);
            json.writeArrayFieldStart("results");
            results.write(json);
            json.writeEndArray();
            json.writeStringField("status", status);
            json.writeEndObject();
        }
        return text.toByteArray();
    }

    private static void write(NewAnswer.Place place, JsonGenerator json) throws IOException {
        json.writeStartObject();
        writeText("business_status", place.businessStatus(), json);
        if (place.location() != null) {
            json.writeObjectFieldStart("geometry");
            json.writeObjectFieldStart("location");
            writeNumber("lat", place.location().latitude(), json);
            writeNumber("lng", place.location().longitude(), json);
            json.writeEndObject();
            json.writeEndObject();
        }
        writeText("name", place.name(), json);
        writeText("place_id", place.id(), json);
        writeNumber("rating", place.rating(), json);
        if (!place.types().isEmpty()) {
            writeTexts("types", place.types(), json);
        }
        writeNumber("user_ratings_total", place.userRatingCount(), json);
        writeText("vicinity", place.address(), json);
        json.writeEndObject();
    }

    private static void writeText(String name, String text, JsonGenerator json) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(name, text);
        }
    }

    private static void writeNumber(String name, String number, JsonGenerator json) throws IOException {
        if (!number.isEmpty()) {
            json.writeFieldName(name);
            json.writeNumber(number);
        }
    }

    private static void writeTexts(String name, List<String> texts, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static DefaultPrettyPrinter googleStyle() {
        DefaultIndenter indenter = new DefaultIndenter("   ", "\n");
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.BOTH)
                .withArrayEmptySeparator("");
        return new DefaultPrettyPrinter(separators).withObjectIndenter(indenter).withArrayIndenter(indenter);
    }
}
