package io.serverherd.operator.scenario;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The files of the project that the tests use as its users do. Tests run in the folder of their module. */
final class ProjectFiles {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final Path CRD = ROOT.resolve("crds/serverherds.serverherd.io-v1.yml");
    static final Path NODE_JAR = ROOT.resolve("node/target/herd-node.jar");
    static final Path OPERATOR_JAR = ROOT.resolve("operator/target/herd-operator.jar");
    static final Path LOCAL_JAR = ROOT.resolve("local/target/herd-local.jar");

    private ProjectFiles() {}

    static CustomResourceDefinition crd() throws IOException {
        return (CustomResourceDefinition) load(CRD).get(0);
    }

    /** Every example, so that a new one is tested by being there. */
    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("examples"))) {
            return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    /** All objects of a YAML file. */
    static List<HasMetadata> load(Path file) throws IOException {
        try (InputStream yaml = Files.newInputStream(file)) {
            Object loaded = new KubernetesSerialization().unmarshal(yaml);
            return loaded instanceof Collection<?> many
                    ? many.stream().map(HasMetadata.class::cast).toList()
                    : List.of((HasMetadata) loaded);
        }
    }
}
