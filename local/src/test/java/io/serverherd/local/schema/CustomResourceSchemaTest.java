package io.serverherd.local.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers as a real API server: each row of the tables was sent to one. */
class CustomResourceSchemaTest {

    private static final CustomResourceSchema WIDGET =
            CustomResourceSchema.compile(Recorded.schemaOf("widget-crd.yaml"));
    private static final CustomResourceSchema RULE = CustomResourceSchema.compile(Recorded.schemaOf("rule-crd.yaml"));

    static Stream<Recorded> widgets() {
        return Recorded.answers("widget-answers.json");
    }

    static Stream<Recorded> rules() {
        return Recorded.answers("rule-answers.json");
    }

    @ParameterizedTest
    @MethodSource("widgets")
    void anObjectIsAnsweredAsByTheRealServer(Recorded recorded) {
        assertAnsweredAlike(WIDGET, recorded);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRuleIsAnsweredAsByTheRealServer(Recorded recorded) {
        assertAnsweredAlike(RULE, recorded);
    }

    private static void assertAnsweredAlike(CustomResourceSchema schema, Recorded recorded) {
        ObjectNode object = recorded.object().deepCopy();

        List<String> pruned = schema.normalise(object);
        List<FieldError> errors = schema.validate(object, recorded.old());

        if (!recorded.unknownFields().isEmpty()) {
            assertThat(pruned).containsExactlyElementsOf(recorded.unknownFields());
            return;
        }
        assertThat(pruned).isEmpty();
        assertThat(errors.stream()
                        .map(error -> List.of(error.type().reason(), error.field(), error.body()))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(recorded.causes());
        if (recorded.answer().has("spec")) {
            assertThat((Object) object.get("spec")).isEqualTo(recorded.answer().get("spec"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            self.foo == 1     | undefined field 'foo'
            self.count == 'a' | found no matching overload for '_==_' applied to '(int, string)'
            self.count +      | mismatched input '<EOF>'
            self.count        | cel expression must evaluate to a bool
            """)
    void aRuleThatDoesNotCompileRefusesTheDefinitionByName(String expression, String fault) {
        ObjectNode schema = Recorded.schemaOf("rule-crd.yaml").deepCopy();
        ((ObjectNode) schema.at("/properties/spec/x-kubernetes-validations/3")).put("rule", expression);

        assertThatThrownBy(() -> CustomResourceSchema.compile(schema))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageStartingWith("openAPIV3Schema.properties[spec].x-kubernetes-validations[3].rule: "
                        + "Invalid value: \"" + expression + "\": ")
                .hasMessageContaining(fault);
    }

    @Test
    void whatWasWrongBeforeAndDidNotChangeIsLetThrough() throws Exception {
        JsonNode stored = new ObjectMapper()
                .readTree("{\"spec\": {\"servers\": [{\"name\": \"A\"}, {\"name\": \"a_b\"}], \"mode\": \"Medium\"}}");
        ObjectNode edited = stored.deepCopy();
        ((ObjectNode) edited.get("spec")).put("flag", true);

        assertThat(WIDGET.validate(edited, (ObjectNode) stored)).isEmpty();
        ((ObjectNode) edited.at("/spec/servers/1")).put("weight", 2);
        assertThat(WIDGET.validate(edited, (ObjectNode) stored)).isEmpty();
        ((ObjectNode) edited.at("/spec/servers/1")).put("name", "c_d");
        assertThat(WIDGET.validate(edited, (ObjectNode) stored))
                .singleElement()
                .extracting(FieldError::field)
                .isEqualTo("spec.servers[1].name");
    }

    @Test
    void severalFaultsAreOneSentence() throws Exception {
        JsonNode object = new ObjectMapper().readTree("{\"spec\": {\"servers\": [], \"flag\": 1}}");

        assertThat(FieldError.summary(WIDGET.validate((ObjectNode) object, null)))
                .isEqualTo("[spec.servers: Invalid value: 0: spec.servers in body should have at least 1 items,"
                        + " spec.flag: Invalid value: \"integer\": spec.flag in body must be of type boolean:"
                        + " \"integer\"]");
    }
}
