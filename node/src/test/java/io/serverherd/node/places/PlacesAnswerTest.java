package io.serverherd.node.places;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesAnswerTest {
    private static final String FAILED = "{\"html_attributions\":[],\"results\":[],\"status\":\"UNKNOWN_ERROR\"}\n\n";

    private static String cut(String json, int bound) {
        return new String(PlacesAnswer.of(json.getBytes(UTF_8)).cut(bound), UTF_8);
    }

    private static Outcome outcome(String json) {
        return PlacesAnswer.of(json.getBytes(UTF_8)).outcome();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0 | ` [ ]`",
                "1 | ` [ {\"a\":1} ]`",
                "2 | ` [ {\"a\":1} , {\"b\":[2,{}]} ]`",
                "3 | ` [ {\"a\":1} , {\"b\":[2,{}]},{} ]`",
                "4 | ` [ {\"a\":1} , {\"b\":[2,{}]},{} ]`",
                "20 | ` [ {\"a\":1} , {\"b\":[2,{}]},{} ]`",
            })
    void laterResultsGoWithTheCommaBeforeThem(int bound, String kept) {
        String json = "{\"results\": [ {\"a\":1} , {\"b\":[2,{}]},{} ],\"status\":\"OK\"}";

        assertThat(cut(json, bound)).isEqualTo("{\"results\":" + kept + ",\"status\":\"OK\"}\n\n");
    }

    @Test
    void theIndentationOfGooglesAnswersStays() {
        String json = """
                {
                   "html_attributions" : [],
                   "next_page_token" : "CvQ",
                   "results" : [
                      {
                         "name" : "One"
                      },
                      {
                         "name" : "Two"
                      }
                   ],
                   "status" : "OK"
                }
                """;

        assertThat(cut(json, 1)).isEqualTo("""
                        {
                           "html_attributions" : [],
                           "next_page_token" : "CvQ",
                           "results" : [
                              {
                                 "name" : "One"
                              }
                           ],
                           "status" : "OK"
                        }

                        """);
        assertThat(cut(json, 0)).contains("\"results\" : [\n   ],\n");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "19, 19", "20, 20"})
    void moreResultsThanAnyBoundAreCutAsWell(int bound, int kept) {
        String results = IntStream.range(0, 100)
                .mapToObj(i -> "{\"place_id\":\"" + i + "\"}")
                .collect(Collectors.joining(","));

        String answer = cut("{\"results\":[" + results + "],\"status\":\"OK\"}", bound);

        assertThat(answer.split("place_id", -1)).hasSize(kept + 1);
        assertThat(answer).endsWith("],\"status\":\"OK\"}\n\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"results\":[],\"]}\\\"[\":0,\"status\":\"OK\"}",
                "{\"results\":[],\"n\":1e-7,\"m\":12345678901234567890123,\"k\":4.0,\"status\":\"OK\"}",
                "{\"results\":[],\"text\":\"\\u00e9\\/é 🦬 ] } \\\" [\",\"status\":\"OK\"}",
                "{\"status\":\"OK\",\"results\":[]}",
                "{\"nested\":{\"results\":[1,2],\"status\":\"NO\"},\"results\":[],\"status\":\"OK\"}",
            })
    void everyByteThatIsNotCutIsGooglesOwn(String json) {
        assertThat(cut(json, 5)).isEqualTo(json + "\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-1.50e+3", "true", "null", "\"]\\\"é\"", "[[],[1]]", "{\"]\":\"}\"}"})
    void whateverAResultIsItIsCutWhereItEnds(String result) {
        String json = "{\"results\":[" + result + "," + result + " , 3],\"status\":\"OK\"}";

        assertThat(cut(json, 1)).isEqualTo("{\"results\":[" + result + "],\"status\":\"OK\"}\n\n");
        assertThat(cut(json, 2)).isEqualTo("{\"results\":[" + result + "," + result + "],\"status\":\"OK\"}\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\n\n\n", "\r\n\r\n", "\n\r\n\n"})
    void everyRunOfNewlinesBecomesOne(String newlines) {
        String json = "{$\"results\":[$],$\"status\":\"OK\"$}$".replace("$", newlines);

        assertThat(cut(json, 5)).isEqualTo("{\n\"results\":[\n],\n\"status\":\"OK\"\n}\n\n");
    }

    @Test
    void aCarriageReturnAloneIsNoNewline() {
        String json = "{\"results\":[]\r,\"status\":\"OK\"}";

        assertThat(cut(json, 5)).isEqualTo(json + "\n\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "[]",
                "null",
                "oops",
                "<html></html>",
                "{\"html_attributions\":[",
                "{\"results\":[]}",
                "{\"status\":\"OK\"}",
                "{\"results\":{},\"status\":\"OK\"}",
                "{\"results\":[{},\"status\":\"OK\"}",
                "{\"results\":[{} {}],\"status\":\"OK\"}",
                "{\"results\":[],\"status\":1}",
                "{\"results\":[],\"results\":[],\"status\":\"OK\"}",
                "{\"results\":[],\"status\":\"OK\",\"status\":\"OK\"}",
                "{\"results\":[],\"status\":\"OK\"} {}",
                "{\"results\":[],\"status\":\"OK\"}x",
                "{\"results\":[],\"status\":\"O\nK\"}",
                "[{\"results\":[],\"status\":\"OK\"}]",
            })
    void whatIsNotANearbySearchAnswerIsAnUnknownError(String body) {
        assertThat(cut(body, 5)).isEqualTo(FAILED);
        assertThat(outcome(body)).isEqualTo(Outcome.BAD_ANSWER);
    }

    @Test
    void anAnswerInUtf16IsAnUnknownError() {
        byte[] body = "{\"results\":[{},{}],\"status\":\"OK\"}".getBytes(StandardCharsets.UTF_16LE);

        assertThat(PlacesAnswer.of(body).outcome()).isEqualTo(Outcome.BAD_ANSWER);
    }

    @Test
    void nestingIsBounded() {
        String deep = "[".repeat(1_000_000);

        assertThat(outcome("{\"results\":" + deep)).isEqualTo(Outcome.BAD_ANSWER);
        assertThat(outcome("{\"results\":[],\"status\":\"OK\",\"x\":" + deep)).isEqualTo(Outcome.BAD_ANSWER);
        assertThat(outcome("{\"results\":[],\"status\":\"OK\",\"x\":" + "{\"x\":".repeat(1_000_000)))
                .isEqualTo(Outcome.BAD_ANSWER);
        assertThat(outcome("{\"results\":[" + "[".repeat(65) + "]".repeat(65) + "],\"status\":\"OK\"}"))
                .isEqualTo(Outcome.BAD_ANSWER);
        assertThat(outcome("{\"results\":[" + "[".repeat(60) + "]".repeat(60) + "],\"status\":\"OK\"}"))
                .isEqualTo(Outcome.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "OK, OK",
        "ZERO_RESULTS, ZERO_RESULTS",
        "OVER_QUERY_LIMIT, OVER_QUERY_LIMIT",
        "REQUEST_DENIED, REQUEST_DENIED",
        "INVALID_REQUEST, INVALID_REQUEST",
        "UNKNOWN_ERROR, UNKNOWN_ERROR",
        "TIMEOUT, OTHER_STATUS",
        "NOT_FOUND, OTHER_STATUS",
    })
    void everyStatusOfGooglesPassesThrough(String status, Outcome outcome) {
        String json = "{\"error_message\":\"x\",\"results\":[],\"status\":\"" + status + "\"}";

        assertThat(cut(json, 5)).isEqualTo(json + "\n\n");
        assertThat(outcome(json)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"TIMEOUT, UNKNOWN_ERROR", "BUSY, UNKNOWN_ERROR", "NO_KEY, REQUEST_DENIED"})
    void aFailureIsAnAnswerToo(Outcome outcome, String status) {
        assertThat(new String(PlacesAnswer.failed(outcome).cut(0), UTF_8))
                .isEqualTo("{\"html_attributions\":[],\"results\":[],\"status\":\"" + status + "\"}\n\n");
    }
}
