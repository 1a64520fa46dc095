package io.serverherd.local.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serverherd.local.FreePorts;
import io.serverherd.local.LocalCluster;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {

    private final String network = LocalCluster.randomPodNetwork();

    @Test
    void freePortsPass() throws Exception {
        Ports.check(settings(FreePorts.some(3)), 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aTakenPortIsNamedWithTheVariableThatChangesIt(int which) throws Exception {
        List<Integer> ports = FreePorts.some(3);
        String[] variables = {"HERD_API_PORT", "HERD_PLACES_PORT", "HERD_OPERATOR_PORT"};

        try (ServerSocket taken = new ServerSocket(ports.get(which), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Ports.check(settings(ports), 1))
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
            assertThatThrownBy(() -> Ports.check(settings(FreePorts.some(3)), 2))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining(second + ":12100")
                    .hasMessageContaining("HERD_POD_NETWORK=");
        }
    }

    /** As on macOS, where 127.0.1.1 is no address until it is made one. */
    @Test
    void anAddressThisMachineDoesNotHaveComesWithTheLineThatAddsIt() throws Exception {
        RunSettings elsewhere = settings(FreePorts.some(3), "192.0.2.0");

        assertThatThrownBy(() -> Ports.check(elsewhere, 5))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("192.0.2.1 is not an address of this machine")
                .hasMessageContaining("for i in $(seq 5); do sudo ifconfig lo0 alias 192.0.2.$i up; done");
    }

    private RunSettings settings(List<Integer> ports) {
        return settings(ports, network);
    }

    private static RunSettings settings(List<Integer> ports, String network) {
        return new RunSettings(
                Path.of("x"), Optional.empty(), ports.get(0), ports.get(1), ports.get(2), network, Optional.empty());
    }
}
