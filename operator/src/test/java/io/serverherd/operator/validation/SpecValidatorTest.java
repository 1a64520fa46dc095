package io.serverherd.operator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.operator.Herds;
import io.serverherd.operator.api.EdgeSpec;
import io.serverherd.operator.api.ServerHerdSpec;
import io.serverherd.operator.api.ServerSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecValidatorTest {
    private final SpecValidator validator = new SpecValidator();

    @Test
    void anEdgeMayBeListedInBothDirections() {
        assertThat(validate("A B", "A-B B-A").refused()).isFalse();
    }

    @Test
    void aRingOfFiveIsAccepted() {
        Validation validation = validate("Alford Ball Hamilton Holiday Welsh", "Alford-Hamilton Welsh-Alford");

        assertThat(validation.refused()).isFalse();
    }

    @ParameterizedTest(name = "servers {0}, edges {1}")
    @CsvSource({
        "A B A,      '',      spec.servers[2],      A",
        "A B a,      '',      spec.servers,         a",
        "A ../etc,   '',      spec.servers[1].name, ../etc",
        "A 9lives,   '',      spec.servers[1].name, 9lives",
        "A ends-,    '',      spec.servers[1].name, ends-",
        "A B,        A:A,     spec.edges[0],        server \"A\" has an edge to itself",
        "A B,        A:B B:Z, spec.edges[1],        Z",
        "A B,        A:b,     spec.edges[0],        b",
        "A B,        A:B A:B, spec.edges[1],        Duplicate value",
    })
    void aProblemNamesTheFieldAndTheOffender(String servers, String edges, String field, String offender) {
        Validation validation = validate(servers, edges.replace(':', '-'));

        assertThat(validation.problems())
                .hasSize(1)
                .first()
                .asString()
                .startsWith(field)
                .contains(offender);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5nodes", "Five", "a.b", "ends-", "a-peers"})
    void aHerdNameThatServicesCannotHaveIsRefused(String name) {
        Validation validation = validator.validate(Herds.herd(name, spec("A", "")));

        assertThat(validation.message()).startsWith("metadata.name").contains("\"" + name + "\"");
    }

    @Test
    void aNameOf32CharactersIsAcceptedAndOneOf33IsNot() {
        assertThat(validate("a".repeat(32), "").refused()).isFalse();
        assertThat(validate("a".repeat(33), "").message()).contains("spec.servers[0].name");
    }

    @Test
    void noServersAndTooManyAreRefused() {
        String tooMany =
                String.join(" ", IntStream.range(0, 201).mapToObj(i -> "s" + i).toList());

        assertThat(validate("", "").message()).isEqualTo("spec.servers: should have at least 1 items");
        assertThat(validate(tooMany, "").message())
                .isEqualTo("spec.servers: Too many: 201: must have at most 200 items");
    }

    @Test
    void aMissingSpecIsAProblemAndNoCrash() {
        assertThat(validator.validate(Herds.herd("herd", (ServerHerdSpec) null)).message())
                .isEqualTo("spec: Required value");
    }

    @Test
    void manyProblemsAreCounted() {
        Validation validation = validate("A", "A-B A-C A-D A-E A-F A-G A-H");

        assertThat(validation.problems()).hasSize(7);
        assertThat(validation.message()).endsWith("; and 2 more");
    }

    private Validation validate(String servers, String edges) {
        return validator.validate(Herds.herd("herd", spec(servers, edges)));
    }

    private static ServerHerdSpec spec(String servers, String edges) {
        List<ServerSpec> serverSpecs =
                words(servers).map(name -> new ServerSpec(name, null)).toList();
        List<EdgeSpec> edgeSpecs = words(edges)
                .map(edge -> edge.split("-"))
                .map(ends -> new EdgeSpec(ends[0], ends[1]))
                .toList();
        return Herds.spec(serverSpecs, edgeSpecs);
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty());
    }
}
