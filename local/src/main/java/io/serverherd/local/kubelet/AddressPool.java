package io.serverherd.local.kubelet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Pod addresses: the lowest free one of a loopback network of 254. */
final class AddressPool {

    private static final int HOSTS = 254;

    private final String prefix;
    private final SortedSet<Integer> taken = new TreeSet<>();

    /** @param network such as {@code 127.0.1.0}, meaning 127.0.1.1 to 127.0.1.254 */
    AddressPool(String network) {
        if (!network.endsWith(".0") || !isLoopback(network)) {
            throw new IllegalArgumentException(
                    "pod network \"%s\": must be a loopback network that ends in .0, such as 127.0.1.0"
                            .formatted(network));
        }
        this.prefix = network.substring(0, network.length() - 1);
    }

    /** @return empty when all are taken */
    synchronized Optional<String> take() {
        for (int host = 1; host <= HOSTS; host++) {
            if (taken.add(host)) {
                return Optional.of(prefix + host);
            }
        }
        return Optional.empty();
    }

    synchronized void giveBack(String address) {
        taken.remove(Integer.parseInt(address.substring(prefix.length())));
    }

    private static boolean isLoopback(String network) {
        try {
            return network.matches("[0-9.]+") && InetAddress.getByName(network).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // Digits and dots, but no address: the caller's message says what is expected.
            return false;
        }
    }
}
