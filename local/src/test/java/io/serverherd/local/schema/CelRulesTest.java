package io.serverherd.local.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CelRulesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String HERD_RULES = """
            {"type": "object", "x-kubernetes-validations": [
              {"rule": "self.servers.all(s, self.servers.exists_one(t, t.name.lowerAscii() == s.name.lowerAscii()))",
               "message": "names differ by more than case"},
              {"rule": "self.edges.all(e, self.servers.exists(s, s.name == e.a) && self.servers.exists(s, s.name == e.b))",
               "messageExpression": "'edge to unknown server ' + self.edges.filter(e, !self.servers.exists(s, s.name == e.b))[0].b"}],
             "properties": {
               "servers": {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}}}},
               "edges": {"type": "array", "items": {"type": "object",
                 "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}}}}
            """;

    @Test
    void theLargestHerdIsWithinTheBoundOfARule() throws JsonProcessingException {
        CelRules rules = CelRules.compile(StructuralSchema.parse(JSON.readTree(HERD_RULES)));
        ObjectNode herd = herd(200, 1_000);

        assertThat(rules.validate(herd, null)).isEmpty();
        ((ObjectNode) herd.at("/edges/999")).put("b", "Nobody");
        assertThat(rules.validate(herd, null))
                .extracting(FieldError::message)
                .containsExactly("<nil>: Invalid value: \"object\": edge to unknown server Nobody");
    }

    @Test
    void aRuleThatRunsTooLongRefuses() throws JsonProcessingException {
        CelRules rules = CelRules.compile(StructuralSchema.parse(JSON.readTree("""
            {"type": "object", "x-kubernetes-validations": [
               {"rule": "self.list.all(i, self.list.all(j, true))", "message": "every item with every item"}],
             "properties": {"list": {"type": "array", "items": {"type": "integer"}}}}
            """)));
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        ArrayNode list = object.putArray("list");
        for (int i = 0; i < 1_100; i++) {
            list.add(i);
        }

        assertThat(rules.validate(object, null))
                .singleElement()
                .extracting(FieldError::message)
                .asString()
                .startsWith("<nil>: Invalid value: \"object\": ")
                .endsWith("evaluating rule: every item with every item");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            self.text.split(',').size() == 2                 | {"text": "a,b"}     | true
            ['a', 'b'].join('-') == self.text                | {"text": "a-b"}     | true
            self.text.matches('^a+$')                        | {"text": "aab"}     | false
            self.text.startsWith('a') && self.text.size() > 1| {"text": "a"}       | false
            self.number / 2.0 == 0.5                         | {"number": 1}       | true
            self.integer / 2 == 1                            | {"integer": 3}      | true
            self.integer < 2.5                               | {"integer": 2}      | true
            self.map['k'] == 'v' && 'k' in self.map          | {"map": {"k": "v"}} | true
            self.map.k == 'v'                                | {"map": {"k": "w"}} | false
            self.list.map(i, i * 2) == [2, 4]                | {"list": [1, 2]}    | true
            self.list.filter(i, i > 1).size() == 1           | {"list": [1, 2]}    | true
            self.list.exists_one(i, i > 1)                   | {"list": [2, 2]}    | false
            self.a__dot__b == 'x'                            | {"a.b": "x"}        | true
            self.x__underscores__y == 'x'                    | {"x__y": "x"}       | true
            !has(self.text)                                  | {}                  | true
            self.any.deep[0].x == 1                          | {"any": {"deep": [{"x": 1}]}} | true
            self.wait < duration('1h')                       | {"wait": "59m30.5s"} | true
            self == oldSelf                                  | {"text": "a"}       | true
            """)
    void aRuleSeesTheValueAsInKubernetes(String rule, String value, boolean accepted) throws JsonProcessingException {
        ObjectNode schema = (ObjectNode) JSON.readTree("""
            {"type": "object", "properties": {
               "text": {"type": "string"}, "number": {"type": "number"}, "integer": {"type": "integer"},
               "map": {"type": "object", "additionalProperties": {"type": "string"}},
               "list": {"type": "array", "items": {"type": "integer"}},
               "a.b": {"type": "string"}, "x__y": {"type": "string"},
               "any": {"type": "object", "x-kubernetes-preserve-unknown-fields": true},
               "wait": {"type": "string", "format": "duration"}}}
            """);
        schema.putArray("x-kubernetes-validations").addObject().put("rule", rule);
        CelRules rules = CelRules.compile(StructuralSchema.parse(schema));

        List<FieldError> errors = rules.validate((ObjectNode) JSON.readTree(value), null);

        assertThat(errors.isEmpty()).as(errors.toString()).isEqualTo(accepted);
    }

    @Test
    void aRuleWithOptionalOldSelfRunsOnCreateToo() throws JsonProcessingException {
        CelRules rules = CelRules.compile(StructuralSchema.parse(JSON.readTree("""
            {"type": "object", "x-kubernetes-validations": [{"optionalOldSelf": true, "message": "starts at 1 and grows",
              "rule": "oldSelf.hasValue() ? self.n > oldSelf.value().n : self.n == 1"}],
             "properties": {"n": {"type": "integer"}}}
            """)));

        assertThat(rules.validate(n(2), null)).hasSize(1);
        assertThat(rules.validate(n(1), null)).isEmpty();
        assertThat(rules.validate(n(2), n(1))).isEmpty();
        assertThat(rules.validate(n(1), n(2))).hasSize(1);
    }

    private static ObjectNode n(int n) {
        return JsonNodeFactory.instance.objectNode().put("n", n);
    }

    private static ObjectNode herd(int servers, int edges) {
        ObjectNode herd = JsonNodeFactory.instance.objectNode();
        ArrayNode serverList = herd.putArray("servers");
        for (int i = 0; i < servers; i++) {
            serverList.addObject().put("name", "Server-" + i);
        }
        ArrayNode edgeList = herd.putArray("edges");
        for (int i = 0; i < edges; i++) {
            edgeList.addObject().put("a", "Server-" + i % servers).put("b", "Server-" + (i * 7 + 1) % servers);
        }
        return herd;
    }
}
