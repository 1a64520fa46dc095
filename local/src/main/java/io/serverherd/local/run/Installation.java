package io.serverherd.local.run;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the built jars, the resource definitions and the example are: below the project's folder. */
record Installation(Path root) {

    /** The given folder, or the one that {@code local/target/herd-local.jar} is in. */
    static Installation find(Optional<Path> root) throws RunException {
        Installation installation = new Installation(root.orElseGet(Installation::aroundThisJar));
        for (Path needed : List.of(
                installation.nodeJar(), installation.operatorJar(), installation.crds(), installation.example())) {
            if (!Files.exists(needed)) {
                throw new RunException("%s is missing: run `make build` in the project's folder (%s says where that is)"
                        .formatted(needed, RunSettings.ROOT));
            }
        }
        return installation;
    }

    private static Path aroundThisJar() {
        try {
            Path jar = Path.of(Installation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return jar.resolve("../../..").normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class's location is a URI", e);
        }
    }

    Path nodeJar() {
        return root.resolve("node/target/herd-node.jar");
    }

    Path operatorJar() {
        return root.resolve("operator/target/herd-operator.jar");
    }

    Path crds() {
        return root.resolve("crds");
    }

    List<Path> crdFiles() throws IOException {
        try (Stream<Path> files = Files.list(crds())) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList();
        }
    }

    Path example() {
        return root.resolve("examples/five-node-herd.yaml");
    }
}
