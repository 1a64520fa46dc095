package io.serverherd.local.api.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.serverherd.local.api.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPathTest {

    private static final JsonNode BAND = Json.object("""
            {"metadata": {"annotations": {"example.org/genre": "jazz"}},
             "spec": {"players": ["Ella", "Louis"]},
             "status": {"conditions": [{"type": "Tuned", "status": "False"}, {"type": "Ready", "status": "True"}]}}
            """);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    .spec.players[0]                                   | Ella
                    .spec.players[-1]                                  | Louis
                    .spec.players[*]                                   | Ella
                    .status.conditions[?(@.type=="Ready")].status      | True
                    .status.conditions[?(@.type == 'Ready')].status    | True
                    .status.conditions[?(@.status==False)].type        | Tuned
                    .metadata.annotations.example\\.org/genre          | jazz
                    .metadata.annotations['example.org/genre']         | jazz
                    {.spec.players[1]}                                 | Louis
                    $.spec.players[1]                                  | Louis
                    .spec.players[2]                                   |
                    .spec.none.deeper                                  |
                    .status.conditions[?(@.type=="None")].status       |
                    .spec.players[?bad                                 |
                    """)
    void selectsTheFirstValue(String path, String value) {
        String selected = JsonPath.parse(path).first(BAND).map(JsonNode::asText).orElse(null);

        assertThat(selected).isEqualTo(value);
    }
}
