package io.serverherd.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every release in {@code crds/released} has promised is still kept. */
class ReleasedCrdTest {

    @ParameterizedTest
    @MethodSource("releases")
    void everyManifestOfAReleaseIsStillGood(Path released) throws IOException {
        assertThat(CrdComparison.breaks(Yaml.read(Files.readString(released)), Yaml.read(CrdGenerator.yaml())))
                .as("%s is released, so what it takes must still be taken; crds/README.md tells more", released)
                .isEmpty();
    }

    static List<Path> releases() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../crds/released"))) {
            return files.filter(file -> file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
        }
    }
}
