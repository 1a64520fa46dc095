package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.validation.SpecValidator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API refuses, the operator refuses in the same words, for the API may not know the rules. */
class RefusalTest {
    private final KubernetesSerialization serialization = new KubernetesSerialization();

    // No list and an empty one are the same to the operator.
    static Stream<Refusal> ofHerdsWithServers() {
        return Refusal.all().filter(refusal -> refusal.herd().spec().containsKey("servers"));
    }

    @ParameterizedTest
    @MethodSource("ofHerdsWithServers")
    void theOperatorRefusesToo(Refusal refusal) {
        ServerHerd herd = serialization.convertValue(refusal.herd().in("default"), ServerHerd.class);

        assertThat(new SpecValidator().validate(herd).problems())
                .anySatisfy(problem ->
                        assertThat(problem).startsWith(refusal.field()).contains(refusal.message()));
    }
}
