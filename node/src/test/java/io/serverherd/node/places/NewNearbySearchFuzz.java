package io.serverherd.node.places;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** Any body of the new API, an answer or an error, becomes an answer of the legacy API's shape. */
public final class NewNearbySearchFuzz {
    private static final ObjectMapper JSON = new ObjectMapper();

    private NewNearbySearchFuzz() {}

    public static void fuzzerTestOneInput(byte[] body) throws IOException {
        for (int status : new int[] {200, 400, 503}) {
            PlacesAnswer answer = new NewNearbySearch().answer(status, body);

            for (int bound : new int[] {0, 1, 20}) {
                String text = new String(answer.cut(bound), UTF_8);
                assertThat(text).endsWith("\n\n");
                assertThat(text.substring(0, text.length() - 2)).doesNotContain("\n\n");
                JsonNode json = JSON.readTree(text);
                assertThat(json.path("html_attributions").isArray()).isTrue();
                assertThat(json.path("results").isArray()).isTrue();
                assertThat(json.path("results").size()).isLessThanOrEqualTo(status == 200 ? bound : 0);
                assertThat(json.path("status").isTextual()).isTrue();
            }
        }
    }
}
