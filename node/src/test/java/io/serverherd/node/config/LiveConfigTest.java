package io.serverherd.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveConfigTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:04:07.5Z");

    private final LiveConfig live =
            new LiveConfig(new HerdConfigParser("Alford", false), Clock.fixed(NOON, ZoneOffset.UTC));
    private final List<HerdConfig> applied = new ArrayList<>();

    private void read(String json) {
        live.read(new FileContent.Present(json.getBytes(StandardCharsets.UTF_8)), applied::add);
    }

    @Test
    void aGoodFileIsAppliedAndThenInForce() {
        read("{\"logMessages\": true}");

        assertThat(applied).hasSize(1);
        assertThat(live.state()).isEqualTo(new LiveConfig.State(applied.get(0), NOON, null, 0));
    }

    @Test
    void theHashIsPublishedOnlyOnceTheConfigurationIsInForce() {
        List<String> published = new ArrayList<>();

        live.read(
                new FileContent.Present("{}".getBytes(StandardCharsets.UTF_8)),
                config -> published.add(live.state().config().hash()));

        assertThat(published).containsExactly("");
        assertThat(live.state().config().hash()).hasSize(64);
    }

    @Test
    void aConfigurationThatCannotBeAppliedIsNotSaidToBeInForce() {
        FileContent file = new FileContent.Present("{}".getBytes(StandardCharsets.UTF_8));

        live.read(file, config -> {
            throw new IllegalStateException("on purpose");
        });

        assertThat(live.state().loaded()).isFalse();
        assertThat(live.state().error()).startsWith("herd.json: could not be put in force, the log tells why; ");
    }

    @Test
    void aBrokenFileKeepsTheLastGoodOneAndSaysSo() {
        read("{\"logMessages\": true}");

        read("{\"neighbours\": [{\"server\": \"Ball\", \"address\": \"ball:99999\"}]}");

        assertThat(applied).hasSize(1);
        assertThat(live.state())
                .isEqualTo(new LiveConfig.State(
                        applied.get(0),
                        NOON,
                        "herd.json: neighbours[0].address \"ball:99999\": port must be 1–65535; "
                                + "keeping the configuration loaded at 12:04:07",
                        1));
    }

    @Test
    void aMendedFileEndsTheError() {
        read("{}");
        read("{");

        read("{}");

        assertThat(live.state().error()).isNull();
        assertThat(live.state().refused()).isEqualTo(1);
    }

    @Test
    void aFileThatIsMissingAtTheStartIsWaitedFor() {
        live.read(new FileContent.Missing(), applied::add);

        assertThat(applied).isEmpty();
        assertThat(live.state())
                .isEqualTo(new LiveConfig.State(
                        HerdConfig.NONE,
                        null,
                        "herd.json: missing in HERD_CONFIG_DIR; "
                                + "running without neighbours until the file is there and right",
                        1));
    }

    @Test
    void aFileThatGoesKeepsTheLastGoodOne() {
        read("{\"logMessages\": true}");

        live.read(new FileContent.Missing(), applied::add);

        assertThat(live.state().config()).isEqualTo(applied.get(0));
        assertThat(live.state().error()).endsWith("; keeping the configuration loaded at 12:04:07");
    }

    @Test
    void anUnreadableFileSaysWhy() {
        live.read(new FileContent.Unreadable("larger than 9 bytes"), applied::add);

        assertThat(live.state().error()).startsWith("herd.json: larger than 9 bytes; ");
    }
}
