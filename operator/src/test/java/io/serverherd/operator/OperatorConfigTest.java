package io.serverherd.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorConfigTest {
    @Test
    void anEmptyEnvironmentWatchesAllNamespaces() throws Exception {
        OperatorConfig config = OperatorConfig.from(Map.of("OPERATOR_RESYNC_SECONDS", " "));

        assertThat(config.watchNamespaces()).isEmpty();
        assertThat(config.nodeImage()).isEqualTo("ghcr.io/serverherd/herd-node:0.1.0");
        assertThat(config.placesEndpoint()).isEqualTo("https://maps.googleapis.com");
        assertThat(config.resync()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.http().getPort()).isEqualTo(8080);
    }

    @Test
    void everythingCanBeSaid() throws Exception {
        OperatorConfig config = OperatorConfig.from(Map.of(
                "OPERATOR_WATCH_NAMESPACES", "team-a, team-b",
                "OPERATOR_NODE_IMAGE", "registry.example/node:2",
                "OPERATOR_PLACES_ENDPOINT", "http://127.0.0.1:9000/maps",
                "OPERATOR_RESYNC_SECONDS", "60",
                "OPERATOR_LOG_LEVEL", "debug",
                "OPERATOR_HTTP_BIND", "127.0.0.1",
                "OPERATOR_HTTP_PORT", "0"));

        assertThat(config.watchNamespaces()).containsExactly("team-a", "team-b");
        assertThat(config.nodeImage()).isEqualTo("registry.example/node:2");
        assertThat(config.placesEndpoint()).isEqualTo("http://127.0.0.1:9000/maps");
        assertThat(config.resync()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.logLevel()).isEqualTo("debug");
        assertThat(config.http().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "OPERATOR_WATCH_NAMESPACES, Team_A",
        "OPERATOR_NODE_IMAGE,       two words",
        "OPERATOR_PLACES_ENDPOINT,  maps.googleapis.com",
        "OPERATOR_PLACES_ENDPOINT,  https://maps.googleapis.com/",
        "OPERATOR_PLACES_ENDPOINT,  ftp://maps.googleapis.com",
        "OPERATOR_RESYNC_SECONDS,   0",
        "OPERATOR_RESYNC_SECONDS,   often",
        "OPERATOR_LOG_LEVEL,        loud",
        "OPERATOR_HTTP_PORT,        65536",
        "OPERATOR_HTTP_BIND,        localhost",
    })
    void aWrongValueIsNamedWithItsVariable(String name, String value) {
        OperatorConfig.RefusedException refused = catchThrowableOfType(
                OperatorConfig.RefusedException.class, () -> OperatorConfig.from(Map.of(name, value)));

        assertThat(refused.defects())
                .singleElement()
                .asString()
                .startsWith(name + "=\"" + value + "\": must be ")
                .doesNotContain("\n");
    }

    @Test
    void allDefectsAreToldAtOnce() {
        OperatorConfig.RefusedException refused = catchThrowableOfType(
                OperatorConfig.RefusedException.class,
                () -> OperatorConfig.from(Map.of("OPERATOR_HTTP_PORT", "x", "OPERATOR_LOG_LEVEL", "y")));

        assertThat(refused.defects()).hasSize(2);
    }

    @Test
    void helpNamesEveryVariableAndItsDefault() throws OperatorConfig.RefusedException {
        OperatorConfig defaults = OperatorConfig.from(Map.of());

        assertThat(OperatorConfig.HELP)
                .contains(
                        "OPERATOR_WATCH_NAMESPACES",
                        "OPERATOR_NODE_IMAGE",
                        defaults.nodeImage(),
                        "OPERATOR_PLACES_ENDPOINT",
                        defaults.placesEndpoint(),
                        "OPERATOR_RESYNC_SECONDS",
                        Long.toString(defaults.resync().toSeconds()),
                        "OPERATOR_LOG_LEVEL",
                        "OPERATOR_HTTP_BIND",
                        "OPERATOR_HTTP_PORT",
                        Integer.toString(defaults.http().getPort()));
    }
}
