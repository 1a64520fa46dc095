package io.serverherd.node.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Any file is a configuration within the bounds, or one line that says what is wrong with it. */
public final class HerdConfigFuzz {
    private static final ObjectMapper JSON = new ObjectMapper();

    private HerdConfigFuzz() {}

    public static void fuzzerTestOneInput(byte[] file) throws HerdConfigException {
        HerdConfigParser parser = new HerdConfigParser("Alford", false);
        HerdConfig config;
        try {
            config = parser.parse(file);
        } catch (HerdConfigException e) {
            assertThat(e.getMessage()).startsWith("herd.json: ").hasSizeLessThan(1_000);
            return;
        }

        check(config);
        HerdConfig again = parser.parse(spelled(config).getBytes(UTF_8));
        assertThat(again.neighbours()).isEqualTo(config.neighbours());
        assertThat(again.places()).isEqualTo(config.places());
        assertThat(again.limits()).isEqualTo(config.limits());
        assertThat(again.logMessages()).isEqualTo(config.logMessages());
    }

    private static void check(HerdConfig config) {
        Set<String> names = new HashSet<>(Set.of("alford"));
        for (Neighbour neighbour : config.neighbours()) {
            assertThat(neighbour.server()).matches("[A-Za-z]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?");
            assertThat(names.add(neighbour.server().toLowerCase(Locale.ROOT))).isTrue();
            assertThat(neighbour.host()).matches("[A-Za-z0-9_.-]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%.*)?");
            assertThat(neighbour.port()).isBetween(1, 65_535);
        }
        assertThat(config.places().endpoint().toString()).matches("(?is)https?://[^@/?#\\s]+(/[^?#\\s]*)?");
        assertThat(config.places().timeout().toSeconds()).isBetween(1L, 300L);
        assertThat(config.limits().lineBytes()).isBetween(256, 1_048_576);
        assertThat(config.limits().connections()).isBetween(1, 1_000_000);
        assertThat(config.limits().clients()).isBetween(1, 100_000_000);
        assertThat(config.limits().futureSeconds()).isBetween(0L, 3_153_600_000L);
        assertThat(config.hash()).matches("[0-9a-f]{64}");
    }

    /** A file that says the same. */
    private static String spelled(HerdConfig config) {
        ObjectNode root = JSON.createObjectNode();
        for (Neighbour neighbour : config.neighbours()) {
            String host = neighbour.host().contains(":") ? "[" + neighbour.host() + "]" : neighbour.host();
            root.withArray("neighbours")
                    .addObject()
                    .put("server", neighbour.server())
                    .put("address", host + ":" + neighbour.port());
        }
        root.putObject("places")
                .put("endpoint", config.places().endpoint().toString())
                .put("timeoutSeconds", config.places().timeout().toSeconds());
        root.putObject("limits")
                .put("lineBytes", config.limits().lineBytes())
                .put("connections", config.limits().connections())
                .put("clients", config.limits().clients())
                .put("futureSeconds", config.limits().futureSeconds());
        root.put("logMessages", config.logMessages());
        return root.toString();
    }
}
