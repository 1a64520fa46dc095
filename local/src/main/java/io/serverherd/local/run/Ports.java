package io.serverherd.local.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Locale;

/** Looks before anything is started whether all ports can be had, for a message that says which one and what to do. */
final class Ports {

    private static final List<Integer> OF_A_SERVER = List.of(12000, 12100, 12200);

    private Ports() {}

    /** @param servers how many pods the example has */
    static void check(RunSettings settings, int servers) throws RunException {
        own(settings.apiPort(), "the API", RunSettings.API_PORT);
        own(settings.placesPort(), "the demo Places server", RunSettings.PLACES_PORT);
        own(settings.operatorPort(), "the operator's health and metrics", RunSettings.OPERATOR_PORT);
        String prefix = settings.podNetwork().substring(0, settings.podNetwork().length() - 1);
        for (int host = 1; host <= servers; host++) {
            for (int port : OF_A_SERVER) {
                ofPod(prefix + host, port, servers);
            }
        }
    }

    private static void own(int port, String purpose, String variable) throws RunException {
        try {
            tryBind("127.0.0.1", port);
        } catch (IOException e) {
            throw new RunException(
                    "port %d on 127.0.0.1, for %s, cannot be had (%s). End what uses it, or choose another: %s=%d make run"
                            .formatted(port, purpose, e.getMessage(), variable, port + 1000),
                    e);
        }
    }

    private static void ofPod(String address, int port, int servers) throws RunException {
        try {
            tryBind(address, port);
        } catch (IOException e) {
            String prefix = address.substring(0, address.lastIndexOf('.') + 1);
            // "Cannot assign requested address", or "Can't" on macOS.
            if (String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("assign")) {
                throw new RunException(
                        ("%s is not an address of this machine, and each server needs one of its own. macOS has 127.0.0.1"
                                        + " alone; this adds them until the next boot:%n  for i in $(seq %d); do"
                                        + " sudo ifconfig lo0 alias %s$i up; done")
                                .formatted(address, servers, prefix),
                        e);
            }
            throw new RunException(
                    ("%s:%d, for a server, cannot be had (%s). End what uses it, or choose other addresses:"
                                    + " %s=127.0.77.0 make run")
                            .formatted(address, port, e.getMessage(), RunSettings.POD_NETWORK),
                    e);
        }
    }

    private static void tryBind(String address, int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        }
    }
}
