package io.serverherd.operator.install;

import io.serverherd.operator.GeneratedFile;
import io.serverherd.operator.api.CrdGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The chart is the source; the one file to apply is what it renders with its own values, so the two can't differ. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GeneratedInstallTest {
    private static final Path INSTALL = Path.of("../install");
    private static final Path KUSTOMIZE = INSTALL.resolve("kustomize");
    private static final String GENERATED =
            "# Generated from install/helm/serverherd by `make generate`; do not edit.\n";
    private static final String HEADER =
            "# The ServerHerd operator for a whole cluster:  kubectl apply --server-side -f install/operator.yaml\n"
                    + GENERATED;

    /** Helm sees nothing outside the chart's folder. */
    @Test
    @Order(1)
    void theChartHasTheCrd() {
        new GeneratedFile(Chart.FOLDER.resolve("crd.yml")).mustBe(CrdGenerator.yaml());
    }

    @Test
    @Order(2)
    void theOneFileIsWhatTheChartRenders() throws IOException {
        String namespace = Files.readString(INSTALL.resolve("namespace.yaml"));
        String file = HEADER + "---\n" + namespace + withoutSources(Chart.render());

        new GeneratedFile(INSTALL.resolve("operator.yaml")).mustBe(file);
        new GeneratedFile(KUSTOMIZE.resolve("base/operator.yaml")).mustBe(file);
    }

    @Test
    @Order(3)
    void kustomizeAddsWhatTheChartAddsForTwo() throws IOException {
        String added = Stream.of(Chart.render("replicas: 2").split("(?m)^---\\n"))
                .filter(document -> document.contains("/templates/leader-election.yaml"))
                .map(document -> "---\n" + withoutSources(document))
                .collect(Collectors.joining());

        new GeneratedFile(KUSTOMIZE.resolve("two-replicas/leader-election.yaml")).mustBe(GENERATED + added);
    }

    private static String withoutSources(String rendered) {
        return rendered.replaceAll("(?m)^# Source: .*\\n", "");
    }
}
