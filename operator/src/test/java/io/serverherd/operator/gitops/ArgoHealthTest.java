package io.serverherd.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.serverherd.operator.status.RecordedHerds;
import java.io.IOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Argo CD's health script, on the statuses the operator writes. */
class ArgoHealthTest {
    private static final String HEALTH = "argocd/health/";

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("expectations")
    void aRecordedHerdHasTheHealthThatIsTrue(String input, String status, String message) throws IOException {
        ArgoHealthScript script = new ArgoHealthScript(GitOpsFiles.text(HEALTH + "health.lua"));

        assertThat(script.of(GitOpsFiles.yaml(HEALTH + input))).isEqualTo(new ArgoHealthScript.Health(status, message));
    }

    @Test
    void everySituationIsTried() throws IOException {
        assertThat(expectations().map(expected -> expected.get()[0]))
                .containsExactlyInAnyOrderElementsOf(RecordedHerds.all().keySet().stream()
                        .map(situation -> "testdata/" + situation + ".yaml")
                        .toList());
    }

    @Test
    void theConfigMapHasTheSameScript() throws IOException {
        assertThat(GitOpsFiles.yaml("argocd/argocd-cm.yaml")
                        .at("/data")
                        .path("resource.customizations.health.serverherd.io_ServerHerd")
                        .asText())
                .isEqualTo(GitOpsFiles.text(HEALTH + "health.lua"));
    }

    static Stream<Arguments> expectations() throws IOException {
        JsonNode tests = GitOpsFiles.yaml(HEALTH + "health_test.yaml").path("tests");
        return StreamSupport.stream(tests.spliterator(), false)
                .map(test -> Arguments.of(
                        test.path("inputPath").asText(),
                        test.at("/healthStatus/status").asText(),
                        test.at("/healthStatus/message").asText()));
    }
}
