package io.serverherd.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples point at each other's files; nothing here knows Argo CD's or Flux's kinds. */
class GitOpsFilesTest {

    @ParameterizedTest
    @MethodSource("yamlFiles")
    void everyFileIsYamlThatNamesItsKind(String file) throws IOException {
        for (JsonNode object : GitOpsFiles.yamls(file)) {
            if (!file.endsWith("health_test.yaml")) {
                assertThat(object.path("apiVersion").asText()).isNotEmpty();
                assertThat(object.path("kind").asText()).isNotEmpty();
            }
        }
    }

    @Test
    void bothToolsApplyTheFolderThatIsThereIntoTheSameNamespace() throws IOException {
        JsonNode argo = GitOpsFiles.yaml("argocd/application.yaml");
        JsonNode flux = GitOpsFiles.yamls("flux/campus.yaml").get(1);
        String folder = argo.at("/spec/source/path").asText();

        assertThat(GitOpsFiles.FOLDER.resolve(folder).resolve("kustomization.yaml"))
                .exists();
        assertThat(flux.at("/spec/path").asText()).isEqualTo("./" + folder);
        assertThat(flux.at("/spec/targetNamespace")).isEqualTo(argo.at("/spec/destination/namespace"));
    }

    static List<String> yamlFiles() throws IOException {
        try (Stream<Path> files = Files.walk(GitOpsFiles.FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .map(file -> GitOpsFiles.FOLDER.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
