package io.serverherd.node.places;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;

/** Any body of an HTTP answer is a failure, or keeps all it says but the results beyond the bound. */
public final class PlacesAnswerFuzz {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PlacesAnswerFuzz() {}

    public static void fuzzerTestOneInput(byte[] body) throws IOException {
        PlacesAnswer answer = PlacesAnswer.of(body);

        for (int bound = 0; bound <= 20; bound += 4) {
            byte[] cut = answer.cut(bound);
            String text = new String(cut, UTF_8);
            assertThat(text).endsWith("\n\n").doesNotEndWith("\n\n\n");
            if (answer.outcome() == Outcome.BAD_ANSWER) {
                assertThat(text)
                        .isEqualTo("{\"html_attributions\":[],\"results\":[],\"status\":\"UNKNOWN_ERROR\"}\n\n");
            } else {
                assertThat(text.substring(0, text.length() - 2)).doesNotContain("\n\n");
                check(body, cut, bound);
            }
        }
    }

    private static void check(byte[] body, byte[] cut, int bound) throws IOException {
        JsonNode expected;
        try {
            expected = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            // What is passed on unread, a number of a thousand digits for one, is not always what another would take.
            return;
        }
        ArrayNode results = (ArrayNode) expected.get("results");
        while (results.size() > bound) {
            results.remove(results.size() - 1);
        }
        assertThat(JSON.readTree(cut)).isEqualTo(expected);
    }
}
