package io.serverherd.local.kubelet.names;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Addresses of host names beyond the cluster, as this machine's resolver gives them. A JVM with a hosts file asks nobody
 * else, so what it needs must stand there. A name that cannot be resolved for a while keeps its last addresses.
 */
final class OutsideNames {

    private static final Logger LOG = LoggerFactory.getLogger(OutsideNames.class);

    private final List<String> names;
    private final Map<String, List<String>> addresses = new ConcurrentHashMap<>();

    OutsideNames(List<String> names) {
        this.names = List.copyOf(names);
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** Blocks as long as the resolver does. */
    void resolve() {
        for (String name : names) {
            try {
                addresses.put(
                        name,
                        Arrays.stream(InetAddress.getAllByName(name))
                                .map(InetAddress::getHostAddress)
                                .sorted()
                                .toList());
            } catch (UnknownHostException e) {
                LOG.atWarn()
                        .addKeyValue("host", name)
                        .addKeyValue("known", addresses.getOrDefault(name, List.of()))
                        .log("name cannot be resolved on this machine, retried");
            }
        }
    }

    Map<String, List<String>> addresses() {
        return Map.copyOf(addresses);
    }
}
