package io.serverherd.local.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serverherd.local.LocalCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {

    private final String network = LocalCluster.randomPodNetwork();

    @Test
    void freePortsPass() throws Exception {
        Ports.check(settings(freePort(), freePort(), freePort()), 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aTakenPortIsNamedWithTheVariableThatChangesIt(int which) throws Exception {
        int[] ports = {freePort(), freePort(), freePort()};
        String[] variables = {"HERD_API_PORT", "HERD_PLACES_PORT", "HERD_OPERATOR_PORT"};

        try (ServerSocket taken = new ServerSocket(ports[which], 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Ports.check(settings(ports[0], ports[1], ports[2]), 1))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " on 127.0.0.1")
                    .hasMessageContaining(variables[which] + "=");
        }
    }

    @Test
    void aServersTakenPortIsNamedWithItsAddress() throws Exception {
        String second = network.substring(0, network.length() - 1) + "2";

        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(second, 12100));
            assertThatThrownBy(() -> Ports.check(settings(freePort(), freePort(), freePort()), 2))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining(second + ":12100")
                    .hasMessageContaining("HERD_POD_NETWORK=");
        }
    }

    /** As on macOS, where 127.0.1.1 is no address until it is made one. */
    @Test
    void anAddressThisMachineDoesNotHaveComesWithTheLineThatAddsIt() throws Exception {
        RunSettings elsewhere = new RunSettings(
                Path.of("x"), Optional.empty(), freePort(), freePort(), freePort(), "192.0.2.0", Optional.empty());

        assertThatThrownBy(() -> Ports.check(elsewhere, 5))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("192.0.2.1 is not an address of this machine")
                .hasMessageContaining("for i in $(seq 5); do sudo ifconfig lo0 alias 192.0.2.$i up; done");
    }

    private RunSettings settings(int api, int places, int operator) {
        return new RunSettings(Path.of("x"), Optional.empty(), api, places, operator, network, Optional.empty());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
