package io.serverherd.local.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.serverherd.local.process.ProcessSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerTranslationTest {

    private final ContainerTranslation translation = new ContainerTranslation(
            new PodAddresses("127.0.1.7", "127.0.0.1", "local"),
            Map.of("config", Path.of("/state/config"), "deep", Path.of("/state/deep")),
            Path.of("/state/hosts"),
            Path.of("/state/tmp"));

    private final Container container = new ContainerBuilder()
            .withName("c")
            .addNewVolumeMount()
            .withName("config")
            .withMountPath("/etc/herd")
            .endVolumeMount()
            .addNewVolumeMount()
            .withName("deep")
            .withMountPath("/etc/herd/deep/")
            .withSubPath("below")
            .endVolumeMount()
            .build();

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "/etc/herd, /state/config",
        "/etc/herd/herd.json, /state/config/herd.json",
        "/etc/herd/deep, /state/deep/below",
        "/etc/herd/deep/x, /state/deep/below/x",
        "/etc/herdsman, /etc/herdsman",
        "file:/etc/herd, file:/etc/herd",
        "0.0.0.0, 127.0.1.7",
        "0.0.0.0:80, 0.0.0.0:80",
        "12000, 12000"
    })
    void pathsInVolumesAndTheAnyAddressAreMadeTrueOnThisMachine(String value, String translated) {
        ProcessSpec spec = translate(container, Map.of("VALUE", value));

        assertThat(spec.environment()).containsEntry("VALUE", translated);
    }

    @Test
    void theImagesCommandIsToldTheHostsFileAndTheTemporaryFolder() {
        ProcessSpec spec = translation.translate(
                container, List.of("java", "-Dh={hosts-file}", "-Dt={tmp}"), Map.of(), "pod-0", "/bin");

        assertThat(spec.command()).containsExactly("java", "-Dh=/state/hosts", "-Dt=/state/tmp");
        assertThat(spec.workingDirectory()).isEqualTo(Path.of("/state/tmp"));
        assertThat(spec.environment())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("PATH", "/bin", "HOSTNAME", "pod-0", "TMPDIR", "/state/tmp"));
    }

    @Test
    void argumentsFollowTheImagesCommand() {
        Container withArgs =
                new ContainerBuilder(container).withArgs("$(A)", "/etc/herd/x").build();

        assertThat(translate(withArgs, Map.of("A", "one")).command())
                .containsExactly("entry", "one", "/state/config/x");
    }

    @Test
    void aCommandReplacesTheImages() {
        Container withCommand = new ContainerBuilder(container)
                .withCommand("own", "$(A)")
                .withArgs("$$(A)")
                .build();

        assertThat(translate(withCommand, Map.of("A", "one")).command()).containsExactly("own", "one", "$(A)");
    }

    private ProcessSpec translate(Container container, Map<String, String> environment) {
        return translation.translate(container, List.of("entry"), environment, "pod-0", "/bin");
    }
}
