package io.serverherd.operator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.serverherd.operator.Herds;
import io.serverherd.operator.api.EdgeSpec;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.api.ServerHerdSpec;
import io.serverherd.operator.api.ServerSpec;
import io.serverherd.operator.api.StorageSpec;
import io.serverherd.operator.desired.DesiredHerd;
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

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "1Gi,    true",
        "1024,   true",
        "0.5Gi,  true",
        "1e9,    true",
        "0,      false",
        "0Gi,    false",
        "0.0,    false",
        "0e5,    false",
        "ten,    false",
        "-1Gi,   false",
    })
    void aVolumeHasToHoldSomething(String size, boolean accepted) {
        Validation validation = validator.validate(stored(size));

        assertThat(validation.refused()).isEqualTo(!accepted);
        assertThat(validation.problems()).allMatch(problem -> problem.startsWith("spec.storage.size: "));
    }

    @ParameterizedTest(name = "{0} after {1}: {2}")
    @CsvSource({
        "2Gi,    '',     true",
        "2Gi,    2Gi,    true",
        "2Gi,    2048Mi, true",
        "2Gi,    1Gi,    true",
        "2Gi,    3Gi,    false",
        "1000Mi, 1Gi,    false",
        "'',     3Gi,    true",
    })
    void aVolumeCannotShrink(String size, String before, boolean accepted) {
        List<StatefulSet> sets = DesiredHerd.of(stored(before), Herds.SETTINGS).objects().stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .toList();

        Validation validation = validator.validate(stored(size), sets);

        assertThat(validation.refused()).isEqualTo(!accepted);
        assertThat(validation.problems()).allSatisfy(problem -> assertThat(problem)
                .startsWith("spec.storage.size: " + size)
                .contains("ask for " + before + " or more"));
    }

    private static ServerHerd stored(String size) {
        ServerHerd herd = Herds.herd("herd", "A-B");
        return size.isEmpty() ? herd : Herds.with(herd, "storage", new StorageSpec(new Quantity(size), null, null));
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
