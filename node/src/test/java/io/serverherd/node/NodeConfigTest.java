package io.serverherd.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serverherd.node.config.ProxyRules;
import io.serverherd.node.net.Transport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeConfigTest {
    private static final Map<String, String> LEAST =
            Map.of("HERD_NAME", "five", "HERD_SERVER", "Alford", "HERD_CONFIG_DIR", "/config");

    private static Map<String, String> leastWith(String name, String value) {
        Map<String, String> environment = new HashMap<>(LEAST);
        environment.put(name, value);
        return environment;
    }

    @Test
    void whatIsNotSetHasItsDefault() throws Exception {
        NodeConfig config = NodeConfig.from(LEAST);

        assertThat(config)
                .isEqualTo(new NodeConfig(
                        "five",
                        "Alford",
                        "0.0.0.0",
                        12_000,
                        12_100,
                        12_200,
                        Path.of("/config"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Transport.EPOLL,
                        Optional.empty(),
                        ProxyRules.NONE));
    }

    @Test
    void everyVariableIsRead() throws Exception {
        Map<String, String> environment = new HashMap<>(LEAST);
        environment.put("HERD_BIND", "127.0.1.3");
        environment.put("HERD_CLIENT_PORT", "1");
        environment.put("HERD_PEER_PORT", "2");
        environment.put("HERD_ADMIN_PORT", "65535");
        environment.put("HERD_PLACES_DIR", "/places");
        environment.put("HERD_TLS_DIR", "/tls");
        environment.put("HERD_CLIENT_TLS_DIR", "/client-tls");
        environment.put("HERD_CLIENT_CA_DIR", "/client-ca");
        environment.put("HERD_PLACES_CA_DIR", "/ca");
        environment.put("HTTPS_PROXY", "proxy:3128");
        environment.put("no_proxy", "inside");
        environment.put("HERD_LOG_DIR", "/log");
        environment.put("HERD_DATA_DIR", "/data");
        environment.put("HERD_TRANSPORT", "io_uring");

        NodeConfig config = NodeConfig.from(environment);

        assertThat(config)
                .isEqualTo(new NodeConfig(
                        "five",
                        "Alford",
                        "127.0.1.3",
                        1,
                        2,
                        65_535,
                        Path.of("/config"),
                        Optional.of(Path.of("/places")),
                        Optional.of(Path.of("/tls")),
                        Optional.of(Path.of("/client-tls")),
                        Optional.of(Path.of("/client-ca")),
                        Optional.of(Path.of("/log")),
                        Optional.of(Path.of("/data")),
                        Transport.IO_URING,
                        Optional.of(Path.of("/ca")),
                        ProxyRules.of(Map.of("HTTPS_PROXY", "proxy:3128", "NO_PROXY", "inside"), new ArrayList<>())));
    }

    @Test
    void certificatesCanNotBeAskedOfClientsWithoutTls() {
        assertThatThrownBy(() -> NodeConfig.from(leastWith("HERD_CLIENT_CA_DIR", "/client-ca")))
                .hasMessage("HERD_CLIENT_CA_DIR is set without HERD_CLIENT_TLS_DIR:"
                        + " clients without TLS show no certificate");
    }

    @Test
    void aProxyThatIsNoneIsRefusedWithoutBeingShown() {
        assertThatThrownBy(() -> NodeConfig.from(leastWith("https_proxy", "socks5://user:canary@proxy:1080")))
                .hasMessage("HTTPS_PROXY must be http://host:port, or http://user:password@host:port");
    }

    @Test
    void anUnknownTransportIsRefused() {
        assertThatThrownBy(() -> NodeConfig.from(leastWith("HERD_TRANSPORT", "EPOLL")))
                .hasMessage("HERD_TRANSPORT is \"EPOLL\": must be epoll, io_uring or nio");
    }

    @Test
    void anEmptyValueIsNoValue() throws Exception {
        NodeConfig config = NodeConfig.from(leastWith("HERD_LOG_DIR", ""));

        assertThat(config.logDir()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "z9", "Juzang-2", "abcdefghijklmnopqrstuvwxyzABCDEF"})
    void serverNamesOfTheGrammarAreTaken(String name) throws Exception {
        assertThat(NodeConfig.from(leastWith("HERD_SERVER", name)).server()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HERD_SERVER | 9lives | must be a server's name: 1 to 32 letters",
                "HERD_SERVER | Ball-  | must be a server's name",
                "HERD_SERVER | -Ball  | must be a server's name",
                "HERD_SERVER | Bäll   | must be a server's name",
                "HERD_SERVER | abcdefghijklmnopqrstuvwxyzABCDEFG | must be a server's name",
                "HERD_NAME   | Two Words | must be a name of lower-case letters",
                "HERD_BIND   | localhost | must be an IP address",
                "HERD_BIND   | 127.0.1.  | must be an IP address",
                "HERD_CLIENT_PORT | 0     | must be a port, 1–65535",
                "HERD_PEER_PORT   | 65536 | must be a port, 1–65535",
                "HERD_ADMIN_PORT  | 80x   | must be a port, 1–65535",
                "HERD_ADMIN_PORT  | 99999999999 | must be a port, 1–65535",
            })
    void aWrongValueIsToldWithItsNameItselfAndWhatItMustBe(String name, String value, String what) {
        assertThatThrownBy(() -> NodeConfig.from(leastWith(name, value)))
                .isInstanceOf(NodeConfig.RefusedException.class)
                .message()
                .startsWith(name + " is \"" + value + "\": " + what)
                .doesNotContain("\n");
    }

    @Test
    void aLineEndInAValueDoesNotMakeASecondLine() {
        assertThatThrownBy(() -> NodeConfig.from(leastWith("HERD_SERVER", "Ball\nx")))
                .hasMessageStartingWith("HERD_SERVER is \"Ball?x\": ");
    }

    @Test
    void allDefectsAreToldInOneGo() {
        assertThatThrownBy(() -> NodeConfig.from(Map.of("HERD_PEER_PORT", "no")))
                .message()
                .satisfies(message -> assertThat(message.lines())
                        .satisfiesExactly(
                                line -> assertThat(line).startsWith("HERD_NAME is not set: must be "),
                                line -> assertThat(line).startsWith("HERD_SERVER is not set: must be "),
                                line -> assertThat(line).startsWith("HERD_PEER_PORT is \"no\": "),
                                line -> assertThat(line).startsWith("HERD_CONFIG_DIR is not set: must be ")));
    }

    @Test
    void twoPortsCannotBeTheSame() {
        assertThatThrownBy(() -> NodeConfig.from(leastWith("HERD_PEER_PORT", "12200")))
                .hasMessage("HERD_CLIENT_PORT, HERD_PEER_PORT and HERD_ADMIN_PORT are 12000, 12200 and 12200: "
                        + "must be three different ports");
    }

    @Test
    void theHelpNamesEveryVariableThatIsRead() {
        assertThat(NodeConfig.HELP)
                .contains("HERD_NAME", "HERD_SERVER", "HERD_CONFIG_DIR", "HERD_BIND", "HERD_CLIENT_PORT")
                .contains(
                        "HERD_PEER_PORT",
                        "HERD_ADMIN_PORT",
                        "HERD_PLACES_DIR",
                        "HERD_LOG_DIR",
                        "HERD_DATA_DIR",
                        "HERD_TRANSPORT");
    }
}
