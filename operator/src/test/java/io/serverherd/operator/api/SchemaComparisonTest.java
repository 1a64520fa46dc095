package io.serverherd.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schemas are those of a field f, as YAML; an empty last column: nothing that worked breaks. */
class SchemaComparisonTest {

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{type: string}                       | {type: string, description: new words}    | ",
                "{type: integer}                      | {type: string}                            | f: type was \"integer\", is \"string\"",
                "{type: string, enum: [A, B]}         | {type: string, enum: [B, C, A]}           | ",
                "{type: string, enum: [A, B]}         | {type: string, enum: [A, C]}              | f: enum has lost B",
                "{type: string, enum: [A]}            | {type: string}                            | ",
                "{type: string}                       | {type: string, enum: [A]}                 | f: enum was absent, is [\"A\"]",
                "{type: integer, minimum: 1}          | {type: integer, minimum: 0}               | ",
                "{type: integer, minimum: 1}          | {type: integer, minimum: 1.0}             | ",
                "{type: integer, minimum: 1}          | {type: integer, minimum: 2}               | f: minimum was 1, is 2",
                "{type: integer}                      | {type: integer, minimum: 0}               | f: minimum was absent, is 0",
                "{type: integer, maximum: 60}         | {type: integer}                           | ",
                "{type: integer, maximum: 60}         | {type: integer, maximum: 120}             | ",
                "{type: integer, maximum: 60}         | {type: integer, maximum: 30}              | f: maximum was 60, is 30",
                "{type: integer, maximum: 60}         | {type: integer, maximum: 60, exclusiveMaximum: true} | f: exclusiveMaximum was absent, is true",
                "{type: string, minLength: 1}         | {type: string, minLength: 3}              | f: minLength was 1, is 3",
                "{type: string, maxLength: 32}        | {type: string, maxLength: 16}             | f: maxLength was 32, is 16",
                "{type: string}                       | {type: string, maxLength: 512}            | f: maxLength was absent, is 512",
                "{type: object}                       | {type: object, maxProperties: 5}          | f: maxProperties was absent, is 5",
                "{type: object, minProperties: 1}     | {type: object}                            | ",
                "{type: string, pattern: ^a}          | {type: string}                            | ",
                "{type: string, pattern: ^a}          | {type: string, pattern: ^b}               | f: pattern was \"^a\", is \"^b\"",
                "{type: string}                       | {type: string, format: date-time}         | f: format was absent, is \"date-time\"",
                "{type: string, default: A}           | {type: string, default: B}                | f: default was \"A\", is \"B\"",
                "{type: string, default: A}           | {type: string}                            | f: default was \"A\", is absent",
                "{type: string}                       | {type: string, default: A}                | f: default was absent, is \"A\"",
                "{type: string, nullable: true}       | {type: string}                            | f: nullable was true, is absent",
                "{type: string}                       | {type: string, nullable: true}            | ",
                "{x-kubernetes-int-or-string: true}   | {}                                        | f: x-kubernetes-int-or-string was true, is absent",
                "{type: object, x-kubernetes-preserve-unknown-fields: true} | {type: object}      | f: x-kubernetes-preserve-unknown-fields was true, is absent",
                "{type: integer}                      | {type: integer, not: {enum: [13]}}        | f: not was absent, is {\"enum\":[13]}",
                "{anyOf: [{type: integer}]}           | {}                                        | ",
            })
    void aFieldMayOnlyTakeMore(String released, String now, String line) {
        assertThat(SchemaComparison.breaks(field(released), field(now))).isEqualTo(lines(line));
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{properties: {a: {type: string}}}                 | {properties: {a: {type: string}, b: {type: string, enum: [X]}}} | ",
                "{properties: {a: {type: string}}}                 | {properties: {}}                                   | f.a: removed",
                "{properties: {a: {maxLength: 3}}}                 | {properties: {a: {maxLength: 2}}}                  | f.a: maxLength was 3, is 2",
                "{properties: {a: {}}, required: [a]}              | {properties: {a: {}}}                              | ",
                "{properties: {a: {}}}                             | {properties: {a: {}}, required: [a]}               | f.a: was optional, is required",
                "{properties: {a: {}}}                             | {properties: {a: {}, b: {}}, required: [b]}        | f.b: was optional, is required",
                "{properties: {a: {}}}                             | {properties: {a: {}, b: {default: 1}}, required: [b]} | ",
                "{properties: {a: {properties: {b: {}}}}}          | {properties: {a: {properties: {}}}}                | f.a.b: removed",
                "{items: {properties: {a: {}}}}                    | {items: {properties: {}}}                          | f[].a: removed",
                "{items: {}, maxItems: 9}                          | {items: {}, maxItems: 8}                           | f: maxItems was 9, is 8",
                "{items: {}, uniqueItems: false}                   | {items: {}, uniqueItems: true}                     | f: uniqueItems was false, is true",
                "{x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [a]} | {x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [a, b]} | f: x-kubernetes-list-map-keys was [\"a\"], is [\"a\",\"b\"]",
                "{x-kubernetes-list-type: map}                     | {x-kubernetes-list-type: atomic}                   | f: x-kubernetes-list-type was \"map\", is \"atomic\"",
                "{additionalProperties: {type: string}}            | {additionalProperties: {type: string, maxLength: 9}} | f{}: maxLength was absent, is 9",
                "{additionalProperties: {type: string}}            | {properties: {a: {type: string}}}                  | f{}: was {\"type\":\"string\"}, is absent",
            })
    void whatIsBelowAFieldIsComparedToo(String released, String now, String line) {
        assertThat(SchemaComparison.breaks(field(released), field(now))).isEqualTo(lines(line));
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "self.a > 1 ; self.a > 1                  ; ",
                "self.a > 1 ;                             ; ",
                "self.a > 1 ; self.a > 2                  ; f: new rule self.a > 2",
                "           ; self.a > 1                  ; f: new rule self.a > 1",
                "           ; !has(self.a) || self.a > 1  ; f: new rule !has(self.a) || self.a > 1",
                "           ; !has(self.b) || self.b > 1  ; ",
                "           ; !has(self.a) || !has(self.a.c) || self.a.c > 1 ; ",
                "           ; !has(self.a) || self.a > 1 || !has(self.b) || false ; f: new rule !has(self.a) || self.a > 1"
                        + " || !has(self.b) || false",
            })
    void aRuleMayGoButNotCome(String released, String now, String line) {
        assertThat(SchemaComparison.breaks(withRule("{a: {}}", released), withRule("{a: {}, b: {}}", now)))
                .isEqualTo(lines(line));
    }

    @Test
    void anotherMessageOfTheSameRuleIsNoBreak() {
        assertThat(SchemaComparison.breaks(
                        field("{x-kubernetes-validations: [{rule: self > 1, message: too small}]}"),
                        field("{x-kubernetes-validations: [{rule: self > 1, message: must be over 1}]}")))
                .isEmpty();
    }

    private static JsonNode field(String schema) {
        return Yaml.read("{properties: {f: " + schema + "}}");
    }

    private static JsonNode withRule(String properties, String rule) {
        return field("{properties: " + properties + ", x-kubernetes-validations: ["
                + (rule == null ? "" : "{rule: \"" + rule + "\"}") + "]}");
    }

    private static List<String> lines(String line) {
        return line == null ? List.of() : List.of(line);
    }
}
