package io.serverherd.operator.desired;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.serverherd.operator.GeneratedFile;
import io.serverherd.operator.Herds;
import io.serverherd.operator.api.ServerHerd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The objects of the example, as files: a review sees what a change does to them, and whether it restarts every pod. */
class GeneratedObjectsTest {
    private static final Path FOLDER = Path.of("src/test/resources/five-node-herd");
    private final KubernetesSerialization serialization = new KubernetesSerialization();

    @Test
    void theExamplesObjectsAreAsReviewed() throws IOException {
        ServerHerd herd =
                serialization.unmarshal(Files.readString(Path.of("../examples/five-node-herd.yaml")), ServerHerd.class);
        herd.getMetadata().setNamespace("default");
        herd.getMetadata().setUid("00000000-0000-0000-0000-000000000001");

        DesiredHerd desired = DesiredHerd.of(herd, Herds.SETTINGS);

        desired.objects().stream()
                .collect(Collectors.groupingBy(HasMetadata::getKind))
                .forEach((kind, objects) -> new GeneratedFile(FOLDER.resolve(kind + ".yaml"))
                        .mustBe(objects.stream().map(serialization::asYaml).collect(Collectors.joining())));
    }
}
