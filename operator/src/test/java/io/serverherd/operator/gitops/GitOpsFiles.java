package io.serverherd.operator.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of {@code examples/gitops}. */
final class GitOpsFiles {
    static final Path FOLDER = Path.of("../examples/gitops");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private GitOpsFiles() {}

    static String text(String file) throws IOException {
        return Files.readString(FOLDER.resolve(file));
    }

    static JsonNode yaml(String file) throws IOException {
        return YAML.readTree(text(file));
    }

    /** All documents of a file. */
    static List<JsonNode> yamls(String file) throws IOException {
        return YAML.readerFor(JsonNode.class).<JsonNode>readValues(text(file)).readAll();
    }
}
