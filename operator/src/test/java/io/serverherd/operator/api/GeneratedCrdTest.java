package io.serverherd.operator.api;

import io.serverherd.operator.GeneratedFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GeneratedCrdTest {
    @Test
    void theCommittedCrdIsWhatTheClassesSay() {
        new GeneratedFile(Path.of("../crds/serverherds.serverherd.io-v1.yml")).mustBe(CrdGenerator.yaml());
    }
}
