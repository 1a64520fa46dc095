package io.serverherd.operator.scenario;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example becomes a ready herd, just as it stands in its file. */
class ExamplesIT {

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    @ParameterizedTest
    @MethodSource("io.serverherd.operator.scenario.ProjectFiles#examples")
    void anExampleBecomesReady(Path example) throws IOException {
        String namespace = CLUSTER.newNamespace();

        for (HasMetadata object : ProjectFiles.load(example)) {
            object.getMetadata().setNamespace(namespace);
            if (object instanceof GenericKubernetesResource herd) {
                CLUSTER.apply(namespace, manifest(herd)).awaitReady();
            } else {
                CLUSTER.client().resource(object).create();
            }
        }
    }

    @SuppressWarnings("unchecked") // a resource's spec is a map of whatever its file says
    private static HerdManifest manifest(GenericKubernetesResource herd) {
        return new HerdManifest(herd.getMetadata().getName(), (Map<String, Object>)
                herd.getAdditionalProperties().get("spec"));
    }
}
