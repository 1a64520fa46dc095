package io.serverherd.operator.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the operator asked of the API, over all the scenarios since its jar was built; one file for each cluster. */
final class ApiUse {

    private static final Path FOLDER = Path.of("target/api-use");

    private ApiUse() {}

    static void record(Set<String> rights) throws IOException {
        List<String> lines = new ArrayList<>(List.of(build()));
        lines.addAll(rights);
        Files.write(Files.createTempFile(Files.createDirectories(FOLDER), "", ".txt"), lines);
    }

    static Set<String> recorded() throws IOException {
        Set<String> rights = new TreeSet<>();
        try (Stream<Path> files = Files.list(Files.createDirectories(FOLDER))) {
            for (Path file : files.toList()) {
                List<String> lines = Files.readAllLines(file);
                if (lines.get(0).equals(build())) {
                    rights.addAll(lines.subList(1, lines.size()));
                }
            }
        }
        return rights;
    }

    private static String build() throws IOException {
        return Files.getLastModifiedTime(ProjectFiles.OPERATOR_JAR).toString();
    }
}
