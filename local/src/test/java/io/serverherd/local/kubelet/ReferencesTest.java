package io.serverherd.local.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencesTest {

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "plain, plain",
        "$(A), one",
        "x$(A)y$(B)z, xoneytwoz",
        "$$(A), $(A)",
        "$$$(A), $one",
        "$(UNKNOWN), $(UNKNOWN)",
        "$(A, $(A",
        "$A, $A",
        "cost $5, cost $5",
        "$(), $()",
        "100$, 100$"
    })
    void referencesAreReplacedByTheRulesOfKubernetes(String text, String expanded) {
        assertThat(References.expand(text, Map.of("A", "one", "B", "two"))).isEqualTo(expanded);
    }
}
