package io.serverherd.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.serverherd.operator.desired.ProxyVariables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorConfigTest {
    @Test
    void anEmptyEnvironmentWatchesAllNamespaces() throws Exception {
        OperatorConfig config = OperatorConfig.from(Map.of("OPERATOR_RESYNC_SECONDS", " "));

        assertThat(config.watchNamespaces()).isEmpty();
        assertThat(config.nodeImage()).isEqualTo("ghcr.io/serverherd/herd-node:0.1.0");
        assertThat(config.placesEndpoint()).isEqualTo("https://maps.googleapis.com");
        assertThat(config.proxies()).isEqualTo(ProxyVariables.NONE);
        assertThat(config.resync()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.http().getPort()).isEqualTo(8080);
        assertThat(config.leaderElection()).isFalse();
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
                "OPERATOR_HTTP_PORT", "0",
                "OPERATOR_NAMESPACE", "serverherd-system",
                "OPERATOR_LEADER_ELECTION", "true",
                "OPERATOR_POD_NAME", "serverherd-operator-5d8f-x7k2p"));

        assertThat(config.watchNamespaces()).containsExactly("team-a", "team-b");
        assertThat(config.nodeImage()).isEqualTo("registry.example/node:2");
        assertThat(config.placesEndpoint()).isEqualTo("http://127.0.0.1:9000/maps");
        assertThat(config.resync()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.logLevel()).isEqualTo("debug");
        assertThat(config.http().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
        assertThat(config.namespace()).contains("serverherd-system");
        assertThat(config.leaderElection()).isTrue();
        assertThat(config.podName()).isEqualTo("serverherd-operator-5d8f-x7k2p");
    }

    @Test
    void theProxiesOfTheEnvironmentAreHandedOn() throws Exception {
        Map<String, String> environment = Map.of("HTTPS_PROXY", "http://proxy:3128", "no_proxy", ".svc");

        assertThat(OperatorConfig.from(environment).proxies()).isEqualTo(ProxyVariables.of(environment));
    }

    @Test
    void aProxyThatNoServerWouldStartWithIsRefusedAndNotShown() {
        Map<String, String> environment = Map.of("https_proxy", "https://me:canary@proxy:8443");

        assertThatThrownBy(() -> OperatorConfig.from(environment))
                .isInstanceOf(OperatorConfig.RefusedException.class)
                .hasMessageContaining("HTTPS_PROXY: must be http://host:port")
                .hasMessageNotContaining("canary");
    }

    @Test
    void aPodKnowsItsNamespaceByItsServiceAccount(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("namespace"), "team-a\n");

        assertThat(OperatorConfig.from(Map.of(), file).namespace()).contains("team-a");
        assertThat(OperatorConfig.from(Map.of("OPERATOR_NAMESPACE", "team-b"), file)
                        .namespace())
                .contains("team-b");
    }

    @Test
    void withoutANamespaceThereIsNoLeaderElection(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("namespace");
        assertThat(OperatorConfig.from(Map.of(), file).namespace()).isEmpty();

        OperatorConfig.RefusedException refused = catchThrowableOfType(
                OperatorConfig.RefusedException.class,
                () -> OperatorConfig.from(Map.of("OPERATOR_LEADER_ELECTION", "true"), file));

        assertThat(refused.defects())
                .singleElement()
                .asString()
                .startsWith("OPERATOR_NAMESPACE=\"\": must be the namespace that holds the Lease");
    }

    @Test
    void operatorsOnOneMachineHaveDifferentNames() throws Exception {
        assertThat(OperatorConfig.from(Map.of()).podName())
                .isNotEqualTo(OperatorConfig.from(Map.of()).podName());
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
        "OPERATOR_NAMESPACE,        Team_A",
        "OPERATOR_LEADER_ELECTION,  yes",
        "OPERATOR_POD_NAME,         two words",
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
                        Integer.toString(defaults.http().getPort()),
                        "OPERATOR_NAMESPACE",
                        "OPERATOR_LEADER_ELECTION",
                        "OPERATOR_POD_NAME");
    }
}
