package io.serverherd.local;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for a process that is yet to start: below those that the system gives to outgoing connections (from 32768 on, on
 * Linux), for one of these would take it meanwhile.
 */
public final class FreePorts {
    private static final int LOWEST = 14_000;
    private static final int HIGHEST = 29_000;

    private FreePorts() {}

    /** Different ports of loopback that nobody has now. */
    public static List<Integer> some(int count) throws IOException {
        Set<Integer> ports = new LinkedHashSet<>();
        while (ports.size() < count) {
            ports.add(one());
        }
        return List.copyOf(ports);
    }

    private static int one() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // Another one.
            }
        }
    }
}
