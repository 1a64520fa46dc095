package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test that the first report ran on its prototype (section 2.7), and what the prototype could not do. */
class ReportScenarioIT {

    @Test
    void theHerdLivesThroughTwoKillsAndBothServersComeBackKnowingEverything(@TempDir Path folder) throws Exception {
        try (BareHerd herd = new BareHerd(folder, HerdManifest.fiveNodes("report"))) {
            String first = herd.says("Alford", "IAMAT kiwi +34.068930-118.445127 1479413884.1")
                    .stripTrailing();
            herd.awaitRecord("Hamilton", "kiwi", first);

            herd.kill("Welsh");
            String second = herd.says("Alford", "IAMAT kiwi +34.068930-118.445127 1479413884.2")
                    .stripTrailing();
            herd.awaitRecord("Ball", "kiwi", second);

            herd.kill("Holiday");
            String third = herd.says("Ball", "IAMAT kiwi +34.068930-118.445127 1479413884.3")
                    .stripTrailing();
            assertThat(third).startsWith("AT Ball ");
            // Ball is cut off from Alford and Hamilton now; each side gives what it knows.
            assertThat(herd.says("Hamilton", "WHATSAT kiwi 10 1")).startsWith(second);
            assertThat(herd.says("Ball", "WHATSAT kiwi 10 1")).startsWith(third);

            herd.start("Welsh");
            herd.start("Holiday");
            for (String server : new String[] {"Alford", "Ball", "Hamilton", "Holiday", "Welsh"}) {
                herd.awaitRecord(server, "kiwi", third);
            }
        }
    }
}
