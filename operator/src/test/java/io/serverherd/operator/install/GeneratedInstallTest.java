package io.serverherd.operator.install;

import io.serverherd.operator.GeneratedFile;
import io.serverherd.operator.api.CrdGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The chart is the source; the one file to apply is what it renders with its own values, so the two can't differ. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GeneratedInstallTest {
    private static final Path INSTALL = Path.of("../install");
    private static final String HEADER = """
            # The ServerHerd operator for a whole cluster:  kubectl apply --server-side -f install/operator.yaml
            # Generated from install/helm/serverherd by `make generate`; do not edit.
            """;

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
        String rendered = Chart.render().replaceAll("(?m)^# Source: .*\\n", "");

        new GeneratedFile(INSTALL.resolve("operator.yaml")).mustBe(HEADER + "---\n" + namespace + rendered);
    }
}
