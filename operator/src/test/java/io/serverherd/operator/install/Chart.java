package io.serverherd.operator.install;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Helm chart in install/, rendered as `helm template` would. */
public final class Chart {
    public static final Path FOLDER = Path.of("../install/helm/serverherd");
    public static final String NAMESPACE = "serverherd-system";

    /** The oldest that the chart is for; without a cluster Helm takes one of its own choice. */
    private static final String KUBERNETES = "1.29.0";

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private Chart() {}

    /**
     * @param values YAML lines that differ from values.yaml
     * @return YAML documents
     * @throws IllegalStateException with Helm's words when it refuses the values
     */
    static String render(String... values) throws IOException {
        Path file = Files.createTempFile("values", ".yaml");
        try {
            Files.write(file, List.of(values));
            return new Helm(FOLDER)
                    .template()
                    .withName("serverherd")
                    .withNamespace(NAMESPACE)
                    .withKubeVersion(KUBERNETES)
                    .withValuesFile(file)
                    .call();
        } finally {
            Files.delete(file);
        }
    }

    public static List<HasMetadata> objects(String... values) throws IOException {
        return parse(render(values));
    }

    static LintResult lint() {
        return new Helm(FOLDER).lint().strict().call();
    }

    /** All objects of a text of YAML documents. */
    public static List<HasMetadata> parse(String yaml) {
        return Stream.of(yaml.split("(?m)^---\\s*$"))
                .map(SERIALIZATION::<Object>unmarshal)
                .filter(HasMetadata.class::isInstance)
                .map(HasMetadata.class::cast)
                .toList();
    }
}
