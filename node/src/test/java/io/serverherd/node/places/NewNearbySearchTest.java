package io.serverherd.node.places;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.node.config.PlacesConfig;
import io.serverherd.node.config.PlacesKey;
import io.serverherd.node.config.PlacesSearch;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the recorded exchanges leave out. */
class NewNearbySearchTest {
    private final NewNearbySearch api = new NewNearbySearch();

    private String reply(int status, String body) {
        return new String(api.answer(status, body.getBytes(UTF_8)).cut(20), UTF_8);
    }

    private String places(String places) {
        return reply(200, "{\"places\":" + places + "}");
    }

    @Test
    void theKeyIsInAHeaderAndNoFieldIsAskedForThatIsNotRead() throws Exception {
        PlacesConfig config = PlacesConfig.of(
                PlacesConfig.Api.NEW, URI.create("https://proxy.example/google"), Duration.ofSeconds(3));
        HttpRequest request =
                api.request(new PlacesQuery("+1+1", "1", 5), config, PlacesKey.parse("AIza-canary".getBytes(UTF_8)));

        assertThat(request.uri()).hasToString("https://proxy.example/google/v1/places:searchNearby");
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.timeout()).contains(Duration.ofSeconds(3));
        assertThat(request.headers().allValues("X-Goog-Api-Key")).containsExactly("AIza-canary");
        assertThat(request.headers()
                        .firstValue("X-Goog-FieldMask")
                        .orElseThrow()
                        .split(","))
                .doesNotContain("*")
                .doesNotHaveDuplicates()
                .allMatch(field -> field.startsWith("places."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+34.068930-118.445127 | 34.068930 | -118.445127",
                "+05.10+007.0          | 5.10      | 7.0",
                "-00.5-000.25          | -0.5      | -0.25",
                "-00.0+0               | 0.0       | 0",
            })
    void aLocationIsTwoNumbersOfJson(String location, String latitude, String longitude) {
        assertThat(NewNearbySearch.body(new PlacesQuery(location, "0.5", 1), PlacesSearch.PLAIN))
                .contains("{\"latitude\":" + latitude + ",\"longitude\":" + longitude + "},\"radius\":500}");
    }

    @Test
    void whatTheSearchAsksForIsSaid() {
        PlacesSearch search = new PlacesSearch(
                Optional.of("de"), Optional.empty(), List.of("cafe", "book\"store"), Optional.of("DISTANCE"));

        assertThat(NewNearbySearch.body(new PlacesQuery("+1+1", "1", 5), search))
                .endsWith(",\"includedTypes\":[\"cafe\",\"book\\\"store\"],\"languageCode\":\"de\","
                        + "\"rankPreference\":\"DISTANCE\"}");
    }

    @ParameterizedTest
    @CsvSource({"10, 1, true", "10, 0, false", "0, 5, false", "0.000, 5, false", "0.0001, 20, true"})
    void whatItWouldRefuseIsNotAsked(String radius, int bound, boolean asked) {
        assertThat(api.canAsk(new PlacesQuery("+1+1", radius, bound))).isEqualTo(asked);
    }

    @Test
    void whatAPlaceDoesNotSayIsLeftOut() {
        assertThat(places("[{\"id\":\"a\",\"rating\":null,\"types\":[],\"displayName\":{\"languageCode\":\"en\"}}]"))
                .contains("   \"results\" : [\n      {\n         \"place_id\" : \"a\"\n      }\n   ],\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", " {\n}\n", "{\"places\":[]}", "{\"places\":null}", "{\"places\":[],\"later\":1}"})
    void noPlacesAreAnAnswerToo(String body) {
        assertThat(api.answer(200, body.getBytes(UTF_8)).outcome()).isEqualTo(Outcome.ZERO_RESULTS);
    }

    @Test
    void theFieldMaskIsWhatTheTranslationNeeds() {
        Map<String, String> fields = Map.of(
                "places.attributions", "{\"attributions\":[{\"provider\":\"a\"}]}",
                "places.businessStatus", "{\"businessStatus\":\"OPERATIONAL\"}",
                "places.displayName.text", "{\"displayName\":{\"text\":\"a\"}}",
                "places.id", "{\"id\":\"a\"}",
                "places.location", "{\"location\":{\"latitude\":1}}",
                "places.rating", "{\"rating\":4}",
                "places.shortFormattedAddress", "{\"shortFormattedAddress\":\"a\"}",
                "places.types", "{\"types\":[\"a\"]}",
                "places.userRatingCount", "{\"userRatingCount\":4}");

        assertThat(NewNearbySearch.FIELD_MASK.split(",")).containsExactlyInAnyOrderElementsOf(fields.keySet());
        assertThat(fields).allSatisfy((field, place) -> assertThat(places("[" + place + "]"))
                .isNotEqualTo(places("[{}]")));
    }

    @Test
    void membersThatNobodyAskedForAreSkipped() {
        assertThat(reply(
                        200,
                        "{\"later\":[{\"a\":[1]}],\"places\":[{\"name\":\"places/a\",\"photos\":[{}],\"id\":\"a\"}],"
                                + "\"routingSummaries\":[]}"))
                .contains("\"place_id\" : \"a\"")
                .doesNotContain("photos", "places/a", "later");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E-7", "-0.0", "4.50", "12345678901234567890.123", "0.1000000000000000055511151231257827"})
    void aNumberKeepsItsSpelling(String number) {
        assertThat(places("[{\"rating\":" + number + ",\"location\":{\"latitude\":" + number + "}}]"))
                .contains("\"rating\" : " + number + "\n", "\"lat\" : " + number + ",\n", "\"lng\" : 0\n");
    }

    @Test
    void textIsUtf8AndNotEscapes() {
        assertThat(places("[{\"displayName\":{\"text\":\"\\u00e9\\ud83e\\udd89 \\\"a\\\\b\\\"\\n\\/é🦉\"}}]"))
                .contains("\"name\" : \"é🦉 \\\"a\\\\b\\\"\\n/é🦉\"");
    }

    @Test
    void halfACharacterStaysAnEscape() {
        assertThat(places("[{\"displayName\":{\"text\":\"\\ud83e\"}}]")).contains("\"name\" : \"\\uD83E\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{} {}",
                "{\"places\":{}}",
                "{\"error\":{\"status\":\"INTERNAL\"}}",
                "{\"results\":[],\"status\":\"OK\"}",
                "{\"places\":null,\"message\":\"Please log in\"}",
                "{\"places\":[1]}",
                "{\"places\":[{}",
                "{\"places\":[{\"id\":7}]}",
                "{\"places\":[{\"rating\":\"4\"}]}",
                "{\"places\":[{\"types\":\"cafe\"}]}",
                "{\"places\":[{\"displayName\":\"Cafe\"}]}",
                "{\"places\":[{\"location\":[1,2]}]}",
            })
    void whatIsNoAnswerOfItIsAnUnknownError(String body) {
        assertThat(reply(200, body)).isEqualTo(AskedGoogle.UNKNOWN_ERROR);
        assertThat(api.answer(200, body.getBytes(UTF_8)).outcome()).isEqualTo(Outcome.BAD_ANSWER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | {\"error\":{\"status\":\"PERMISSION_DENIED\",\"details\":[{\"reason\":\"SOME canary\"}]}} | REQUEST_DENIED",
                "500 | {\"error\":{\"status\":\"RESOURCE_EXHAUSTED\"}} | OVER_QUERY_LIMIT",
                "400 | {\"error\":{\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"reason\":\"API_KEY_EXPIRED\"}]}} | REQUEST_DENIED",
                "400 | {\"error\":{\"status\":\"canary\"}} | UNKNOWN_ERROR",
                "400 | {\"error\":\"canary\"} | UNKNOWN_ERROR",
                "400 | {} | UNKNOWN_ERROR",
                "400 | canary | UNKNOWN_ERROR",
            })
    void anErrorHasTheLegacyApisNameAndNothingElseOfItIsTold(int status, String body, String legacy) {
        assertThat(reply(status, body)).contains("\"" + legacy + "\"").doesNotContain("canary");
    }
}
