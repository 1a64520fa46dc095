package io.serverherd.operator.status;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.serverherd.operator.GeneratedFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The herds that Argo CD's health script is tried on. */
class GeneratedStatusesTest {
    private static final Path FOLDER = Path.of("../examples/gitops/argocd/health/testdata");

    @Test
    void theRecordedHerdsAreWhatTheOperatorSays() {
        KubernetesSerialization serialization = new KubernetesSerialization();

        RecordedHerds.all().forEach((situation, herd) -> new GeneratedFile(FOLDER.resolve(situation + ".yaml"))
                .mustBe(serialization.asYaml(herd).replaceFirst("^---\n", "")));
    }
}
