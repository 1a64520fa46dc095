package io.serverherd.local.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagesTest {

    private final Images images = Images.none()
            .with("ghcr.io/serverherd/herd-node", List.of("any"))
            .with("ghcr.io/serverherd/herd-node:0.2.0", List.of("exact"))
            .with("localhost:5000/node", List.of("registry with a port"));

    @ParameterizedTest(name = "{0} runs {1}")
    @CsvSource({
        "ghcr.io/serverherd/herd-node, any",
        "ghcr.io/serverherd/herd-node:0.1.0, any",
        "ghcr.io/serverherd/herd-node:0.1.0@sha256:abc, any",
        "ghcr.io/serverherd/herd-node:0.2.0, exact",
        "localhost:5000/node, registry with a port",
        "localhost:5000/node:1, registry with a port"
    })
    void anImageIsFoundByItsTagOrItsRepository(String image, String command) {
        assertThat(images.entrypoint(image)).contains(List.of(command));
    }

    @ParameterizedTest
    @CsvSource({"ghcr.io/serverherd/herd-nodes:0.1.0", "herd-node:0.1.0", "localhost:5000/other", "localhost"})
    void anotherRepositoryIsUnknown(String image) {
        assertThat(images.entrypoint(image)).isEmpty();
    }

    @Test
    void aJarRunsOnThisJdkWithThePodsNames() {
        List<String> command = Images.none()
                .withJar("n", Path.of("node.jar"), List.of("-Xms16m"))
                .entrypoint("n:1")
                .orElseThrow();

        assertThat(command).startsWith(ProcessHandle.current().info().command().orElseThrow());
        assertThat(command).contains("-Djdk.net.hosts.file=" + Images.HOSTS_FILE);
        assertThat(command)
                .endsWith(
                        "-Xms16m", "-jar", Path.of("node.jar").toAbsolutePath().toString());
    }
}
