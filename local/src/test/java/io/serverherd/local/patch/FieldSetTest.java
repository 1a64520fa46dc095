package io.serverherd.local.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldSetTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"f:a\":{}}",
                "{\"f:a\":{\".\":{},\"f:b\":{}}}",
                "{\"f:l\":{\"k:{\\\"a\\\":\\\"x\\\",\\\"b\\\":80}\":{\".\":{},\"f:c\":{}},\"v:\\\"s\\\"\":{},\"v:7\":{},\"i:0\":{}}}",
                "{\"f:annotations\":{\"f:kubernetes.io/x\":{},\"f::\":{}}}"
            })
    void isReadAndWrittenAlike(String fieldsV1) throws JsonProcessingException {
        assertThat((Object) set(fieldsV1).toFieldsV1()).isEqualTo(JSON.readTree(fieldsV1));
    }

    @Test
    void writesFieldsInOrderWithNumbersBySize() throws JsonProcessingException {
        FieldSet set = set(
                "{\"k:{\\\"p\\\":8080}\":{},\"f:b\":{},\"k:{\\\"p\\\":80}\":{},\"v:\\\"x\\\"\":{},\"f:a\":{},\"k:{\\\"p\\\":443}\":{}}");

        assertThat(set.paths()).containsExactly(".a", ".b", "[p=80]", "[p=443]", "[p=8080]", "[=\"x\"]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '!', textBlock = """
            union        | {"f:a":{"f:b":{}}} | {"f:a":{}}             | {"f:a":{".":{},"f:b":{}}}
            union        | {}                 | {"f:a":{}}             | {"f:a":{}}
            intersection | {"f:a":{"f:b":{}}} | {"f:a":{}}             | {}
            intersection | {"f:a":{".":{},"f:b":{}}} | {"f:a":{"f:b":{},"f:c":{}}} | {"f:a":{"f:b":{}}}
            difference   | {"f:a":{".":{},"f:b":{}}} | {"f:a":{}}      | {"f:a":{"f:b":{}}}
            difference   | {"f:a":{"f:b":{}}} | {"f:a":{"f:b":{}}}     | {}
            without      | {"f:a":{".":{},"f:b":{}},"f:c":{}} | {"f:a":{}} | {"f:c":{}}
            without      | {"f:a":{"f:b":{},"f:c":{}}} | {"f:a":{"f:b":{}}} | {"f:a":{"f:c":{}}}
            """)
    void combinesAsSetsOfPaths(String how, String left, String right, String expected) throws JsonProcessingException {
        FieldSet a = set(left);
        FieldSet b = set(right);

        FieldSet combined =
                switch (how) {
                    case "union" -> a.union(b);
                    case "intersection" -> a.intersection(b);
                    case "difference" -> a.difference(b);
                    default -> a.without(b);
                };

        assertThat(combined).isEqualTo(set(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"spec\":{}}", "{\"x:a\":{}}", "{\"k:{\":{}}", "{\"f\":{}}"})
    void whatIsNoPathElementIsRefused(String fieldsV1) {
        assertThatThrownBy(() -> set(fieldsV1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("fieldsV1: ");
    }

    private static FieldSet set(String fieldsV1) throws JsonProcessingException {
        return FieldSet.parse(JSON.readTree(fieldsV1));
    }
}
