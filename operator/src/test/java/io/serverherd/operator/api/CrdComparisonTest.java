package io.serverherd.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrdComparisonTest {
    private static final String RELEASED = """
            spec:
              group: serverherd.io
              scope: Namespaced
              names: {kind: ServerHerd, plural: serverherds, singular: serverherd, shortNames: [herd], categories: [all]}
              versions:
              - name: v1alpha1
                served: true
                storage: true
                subresources: {status: {}}
                schema: {openAPIV3Schema: {properties: {spec: {type: object}}}}
            """;

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "group: serverherd.io        | group: herd.example        | group: was \"serverherd.io\", is \"herd.example\"",
                "scope: Namespaced           | scope: Cluster             | scope: was \"Namespaced\", is \"Cluster\"",
                "kind: ServerHerd            | kind: Herd                 | names.kind: was \"ServerHerd\", is \"Herd\"",
                "plural: serverherds         | plural: herds              | names.plural: was \"serverherds\", is \"herds\"",
                "singular: serverherd        | singular: herd             | names.singular: was \"serverherd\", is \"herd\"",
                "[herd]                      | [sh]                       | names.shortNames: has lost \"herd\"",
                "[herd]                      | [sh, herd]                 | ",
                "[all]                       | []                         | names.categories: has lost \"all\"",
                "name: v1alpha1              | name: v1                   | v1alpha1: removed",
                "served: true                | served: false              | v1alpha1: is no longer served",
                "storage: true               | storage: false             | ",
                "{status: {}}                | {}                         | v1alpha1 subresources.status: was {}, is absent",
                "{status: {}}                | {status: {}, scale: {}}    | ",
                "{type: object}              | {type: string}             | v1alpha1 spec: type was \"object\", is \"string\"",
            })
    void whatIsInUseStays(String released, String now, String line) {
        assertThat(RELEASED).contains(released);

        assertThat(CrdComparison.breaks(Yaml.read(RELEASED), Yaml.read(RELEASED.replace(released, now))))
                .isEqualTo(line == null ? List.of() : List.of(line));
    }
}
