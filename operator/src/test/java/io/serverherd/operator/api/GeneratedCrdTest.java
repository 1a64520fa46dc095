package io.serverherd.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.serverherd.operator.GeneratedFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GeneratedCrdTest {
    @Test
    void theCommittedCrdIsWhatTheClassesSay() {
        new GeneratedFile(Path.of("../crds/serverherds.serverherd.io-v1.yml")).mustBe(CrdGenerator.yaml());
    }

    /** A default would be written into every herd that leaves the field out: a difference for a GitOps tool to report. */
    @Test
    void theApiServerAddsNothingToASpec() {
        JsonNode spec = Yaml.read(CrdGenerator.yaml()).at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");

        assertThat(spec.findValues("default")).isEmpty();
    }
}
