package io.serverherd.operator.api;

import io.serverherd.operator.GeneratedFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GeneratedReferenceTest {
    @Test
    void thePageTellsEveryFieldOfTheCrd() throws IOException {
        new GeneratedFile(Path.of("../docs/reference.md")).mustBe(ReferencePage.of(Yaml.read(CrdGenerator.yaml())));
    }
}
