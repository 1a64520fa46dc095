package io.serverherd.local.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPatchDocumentTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '!', textBlock = """
            {"a":1}         | [{"op":"add","path":"/b","value":2}]                   | {"a":1,"b":2}
            {"a":[1,3]}     | [{"op":"add","path":"/a/1","value":2}]                 | {"a":[1,2,3]}
            {"a":[1]}       | [{"op":"add","path":"/a/-","value":2}]                 | {"a":[1,2]}
            {"a":1,"b":2}   | [{"op":"remove","path":"/b"}]                          | {"a":1}
            {"a":[1,2]}     | [{"op":"remove","path":"/a/0"}]                        | {"a":[2]}
            {"a":1}         | [{"op":"replace","path":"/a","value":null}]            | {"a":null}
            {"a":{"b":1}}   | [{"op":"move","from":"/a/b","path":"/c"}]              | {"a":{},"c":1}
            {"a":1}         | [{"op":"copy","from":"/a","path":"/b"}]                | {"a":1,"b":1}
            {"a/b":1,"c~d":2}| [{"op":"test","path":"/a~1b","value":1},{"op":"remove","path":"/c~0d"}] | {"a/b":1}
            {"a":1}         | []                                                     | {"a":1}
            """)
    void appliesAsTheStandardSays(String target, String patch, String expected) throws Exception {
        JsonNode before = JSON.readTree(target);

        assertThat((Object) JsonPatchDocument.apply(before, JSON.readTree(patch)))
                .isEqualTo(JSON.readTree(expected));
        assertThat((Object) before).as("target untouched").isEqualTo(JSON.readTree(target));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '!', textBlock = """
            [{"op":"test","path":"/a","value":2}]       | operation 0 (test /a)
            [{"op":"test","path":"/b","value":2}]       | operation 0 (test /b)
            [{"op":"add","path":"/x/y","value":1}]      | operation 0 (add /x/y)
            [{"op":"add","path":"/l/9","value":1}]      | operation 0 (add /l/9)
            [{"op":"remove","path":"/b"}]               | operation 0 (remove /b)
            [{"op":"remove","path":"/l/5"}]             | operation 0 (remove /l/5)
            [{"op":"replace","path":"/b","value":1}]    | operation 0 (replace /b)
            [{"op":"add","path":"/b"}]                  | operation 0 (add /b)
            [{"op":"add","path":"b","value":1}]         | operation 0 (add b)
            [{"op":"add","path":"/b","value":1},{"op":"frob","path":"/b"}] | operation 1 (frob /b)
            [{"path":"/b"}]                             | operation 0 ( /b)
            [{"op":"add","value":1}]                    | operation 0 (add )
            [1]                                         | operation 0 ( )
            """)
    void whatDoesNotFitIsRefusedByNameAndChangesNothing(String patch, String named) throws Exception {
        JsonNode target = JSON.readTree("{\"a\":1,\"l\":[1]}");

        assertThatThrownBy(() -> JsonPatchDocument.apply(target, JSON.readTree(patch)))
                .isInstanceOfSatisfying(
                        PatchException.class, e -> assertThat(e.reason()).isEqualTo(PatchException.Reason.INVALID))
                .hasMessageContaining(named);
        assertThat((Object) target).isEqualTo(JSON.readTree("{\"a\":1,\"l\":[1]}"));
    }

    @Test
    void anythingButAListIsABadRequest() throws Exception {
        JsonNode patch = JSON.readTree("{\"op\":\"add\"}");

        assertThatThrownBy(() -> JsonPatchDocument.apply(patch, patch))
                .isInstanceOfSatisfying(
                        PatchException.class, e -> assertThat(e.reason()).isEqualTo(PatchException.Reason.BAD_REQUEST));
    }
}
