package io.serverherd.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoPlacesTest {

    private static DemoPlaces places;

    @BeforeAll
    static void start() throws IOException {
        places = DemoPlaces.start(0);
    }

    @AfterAll
    static void stop() {
        places.close();
    }

    @ParameterizedTest(name = "{0},{1}")
    @CsvSource({"34.068930,-118.445127", "0,0", "-89.9999,12", "90,0", "12.5,180", "12.5,-180", "-33.86,151.2"})
    void twentyDifferentPlacesLieWithinTheRadiusOfAnyPoint(double latitude, double longitude) throws Exception {
        JsonNode answer = json("location=%s,%s&radius=5000&key=k".formatted(latitude, longitude));

        assertThat(answer.get("status").asText()).isEqualTo("OK");
        assertThat(answer.get("results")).hasSize(20);
        Set<String> ids = new HashSet<>();
        for (JsonNode result : answer.get("results")) {
            JsonNode location = result.at("/geometry/location");
            assertThat(DemoLandmarks.metres(
                            latitude,
                            longitude,
                            location.get("lat").asDouble(),
                            location.get("lng").asDouble()))
                    .isLessThanOrEqualTo(5000);
            assertThat(ids.add(result.get("place_id").asText())).isTrue();
            assertThat(result.get("name").asText()).endsWith("(demo)");
        }
    }

    @Test
    void aSmallRadiusLeavesOutWhatIsFarther() throws Exception {
        String wide = get("location=34.06893,-118.445127&radius=50000&key=k");
        JsonNode near = json("location=34.06893,-118.445127&radius=300&key=k");
        JsonNode none = json("location=34.06893,-118.445127&radius=0&key=k");

        assertThat(near.get("results").size()).isBetween(1, 19);
        near.get("results").forEach(result -> assertThat(wide)
                .contains(result.get("place_id").asText()));
        assertThat(none.get("status").asText()).isEqualTo("ZERO_RESULTS");
        assertThat(none.get("results")).isEmpty();
    }

    @Test
    void theSameQuestionGetsTheSameBytes() throws Exception {
        String query = "location=48.2,16.37&radius=900&key=k";

        assertThat(get(query)).isEqualTo(get(query));
    }

    @Test
    void theTextIsIndentedAsGooglesLegacyApi() throws Exception {
        assertThat(get("location=34.06893,-118.445127&radius=5000&key=k"))
                .startsWith("{\n   \"html_attributions\" : [\n      \"Demo data: these places do not exist\"\n   ],\n"
                        + "   \"results\" : [\n      {\n         \"business_status\" : \"OPERATIONAL\",\n"
                        + "         \"geometry\" : {\n            \"location\" : {\n               \"lat\" : 34.0")
                .endsWith("   \"status\" : \"OK\"\n}\n");
        assertThat(get("location=1,1&radius=0&key=k")).contains("\"results\" : [],\n");
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = ' ',
            value = {
                "location=&radius=5&key=k INVALID_REQUEST",
                "radius=5&key=k INVALID_REQUEST",
                "location=91,0&radius=5&key=k INVALID_REQUEST",
                "location=0,180.1&radius=5&key=k INVALID_REQUEST",
                "location=1,2,3&radius=5&key=k INVALID_REQUEST",
                "location=NaN,0&radius=5&key=k INVALID_REQUEST",
                "location=1,2&radius=50001&key=k INVALID_REQUEST",
                "location=1,2&radius=-1&key=k INVALID_REQUEST",
                "location=1,2&key=k INVALID_REQUEST",
                "location=1,2&radius=5 REQUEST_DENIED",
                "location=1,2&radius=5&key= REQUEST_DENIED"
            })
    void aWrongRequestIsRefusedWithAReason(String query, String status) throws Exception {
        JsonNode answer = json(query);

        assertThat(answer.get("status").asText()).isEqualTo(status);
        assertThat(answer.get("error_message").asText()).isNotEmpty();
        assertThat(answer.get("results")).isEmpty();
    }

    private static JsonNode json(String query) throws Exception {
        return new ObjectMapper().readTree(get(query));
    }

    private static String get(String query) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(places.url() + "/maps/api/place/nearbysearch/json?" + query))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private static HttpResponse<String> post(String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(places.url() + "/v1/places:searchNearby"))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String circle(String latitude, String longitude, int radius, int count) {
        return """
                {"maxResultCount": %d, "locationRestriction": {"circle": {"center": {"latitude": %s, "longitude": %s},
                 "radius": %d}}}""".formatted(count, latitude, longitude, radius);
    }

    private static JsonNode placesNear(String fieldMask) throws Exception {
        HttpResponse<String> answer =
                post(circle("34.068930", "-118.445127", 900, 20), "X-Goog-Api-Key", "k", "X-Goog-FieldMask", fieldMask);
        assertThat(answer.statusCode()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body()).path("places");
    }

    /** What a node's translation would make of it, but for the order of members. */
    private static ObjectNode legacyShape(JsonNode place) {
        ObjectNode legacy = new ObjectMapper().createObjectNode();
        legacy.set("business_status", place.path("businessStatus"));
        legacy.withObject("/geometry/location")
                .<ObjectNode>set("lat", place.at("/location/latitude"))
                .set("lng", place.at("/location/longitude"));
        legacy.set("name", place.at("/displayName/text"));
        legacy.set("place_id", place.path("id"));
        legacy.set("rating", place.path("rating"));
        legacy.set("types", place.path("types"));
        legacy.set("user_ratings_total", place.path("userRatingCount"));
        legacy.set("vicinity", place.path("shortFormattedAddress"));
        return legacy;
    }

    @Test
    void theNewApiHasTheSamePlacesMemberByMember() throws Exception {
        JsonNode legacy =
                json("location=34.068930,-118.445127&radius=900&key=k").path("results");
        // The legacy API's name for the place's ID, which the new one has once.
        legacy.forEach(place -> ((ObjectNode) place).remove("reference"));

        // As a node asks for them.
        JsonNode places = placesNear("places.attributions,places.businessStatus,places.displayName.text,places.id,"
                + "places.location,places.rating,places.shortFormattedAddress,places.types,places.userRatingCount");

        assertThat(places).hasSizeGreaterThan(3);
        assertThat(places)
                .map(DemoPlacesTest::legacyShape)
                .containsExactlyElementsOf(
                        new ObjectMapper().convertValue(legacy, new TypeReference<List<ObjectNode>>() {}));
        assertThat(places.findValuesAsText("provider")).containsOnly("Demo data: these places do not exist");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "places.id                                | id",
                "places.displayName.text,places.rating    | rating displayName displayName.text",
                "places.displayName                       | displayName displayName.text displayName.languageCode",
                "places.attributions.provider             | attributions attributions.provider",
                "places.location.latitude,places.no,other | location location.latitude",
            })
    void theNewApiTellsWhatTheFieldMaskNamesAndNothingElse(String fieldMask, String members) throws Exception {
        for (JsonNode place : placesNear(fieldMask)) {
            assertThat(membersOf(place)).containsExactlyInAnyOrder(members.split(" "));
        }
        assertThat(membersOf(placesNear("*").get(0)))
                .isEqualTo(membersOf(placesNear("places").get(0)))
                .contains("name", "primaryType", "displayName.languageCode");
    }

    /** Its members, and theirs behind a dot. */
    private static List<String> membersOf(JsonNode place) {
        List<String> members = new ArrayList<>();
        place.properties().forEach(member -> {
            members.add(member.getKey());
            JsonNode value = member.getValue().isArray() ? member.getValue().path(0) : member.getValue();
            value.fieldNames().forEachRemaining(name -> members.add(member.getKey() + "." + name));
        });
        return members;
    }

    @ParameterizedTest
    @CsvSource({"91, 900, 5", "1, 0, 5", "1, 50001, 5", "1, 900, 0", "1, 900, 21", "x, 900, 5"})
    void theNewApiRefusesWhatItDoesNotKnow(String latitude, int radius, int count) throws Exception {
        HttpResponse<String> answer =
                post(circle(latitude, "1", radius, count), "X-Goog-Api-Key", "k", "X-Goog-FieldMask", "places.id");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"INVALID_ARGUMENT\"");
    }

    @Test
    void theNewApiWantsAKeyAndAFieldMask() throws Exception {
        assertThat(post(circle("1", "1", 900, 5), "X-Goog-FieldMask", "places.id")
                        .body())
                .contains("\"PERMISSION_DENIED\"");
        assertThat(post(circle("1", "1", 900, 5), "X-Goog-Api-Key", "k").body()).contains("\"INVALID_ARGUMENT\"");
    }
}
