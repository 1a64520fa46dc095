package io.serverherd.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    @Test
    void theDefaultsCanBeUsed() {
        assertThat(Settings.read().defects()).isEmpty();
    }

    @Test
    void attacksAreMadeOnlyWhenTheyAreAskedFor() {
        assertThat(Settings.read().wants(Settings.LOAD)).isTrue();
        assertThat(Settings.read().wants(Settings.ATTACKS)).isFalse();
    }

    @Test
    void whatCannotBeUsedIsSaid() {
        Settings settings = new Settings(
                List.of("load", "herds"),
                0,
                MOMENT,
                MOMENT,
                Duration.ZERO,
                MOMENT,
                Path.of("/none/bin/java"),
                Optional.of(Path.of("/none/herd-node.jar")),
                List.of("HERD_DATA_DIR"),
                Path.of("target"),
                Optional.empty());

        assertThat(settings.defects())
                .containsExactly(
                        "ONLY has \"herds\": must be some of operations load herd tls attacks",
                        "BEFORE is \"/none/herd-node.jar\": there is no such file",
                        "VARIANTS has \"HERD_DATA_DIR\": must be NAME=value",
                        "IMAGE_JDK has no /none/bin/java",
                        "ROUNDS is 0: must be 1 or more",
                        "STALL_SECONDS is 0: must be 1 or more");
    }
}
