package io.serverherd.node.peer;

import io.serverherd.node.config.Neighbour;
import io.serverherd.node.herd.HerdSnapshot;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The links of this server, one to each configured neighbour. Event loop only. */
final class PeerTable {
    private final PeerSettings settings;
    private Map<String, PeerLink> links = new LinkedHashMap<>();
    /** Accepted connections of which it is not known yet whose they are, or that are of no neighbour yet. */
    private final Set<PeerGreeting> greetings = new LinkedHashSet<>();

    PeerTable(PeerSettings settings) {
        this.settings = settings;
    }

    /** Opens the links that are new, closes those that are gone, and leaves all others alone. */
    void apply(List<Neighbour> neighbours) {
        Map<String, PeerLink> before = links;
        links = new LinkedHashMap<>();
        for (Neighbour neighbour : neighbours) {
            PeerLink link = before.remove(neighbour.server());
            if (link == null) {
                link = new PeerLink(settings, neighbour);
                link.start();
            } else {
                link.reconfigure(neighbour);
            }
            links.put(neighbour.server(), link);
        }
        before.values().forEach(link -> link.stop("the edge was removed"));
        List.copyOf(greetings).forEach(PeerGreeting::neighboursChanged);
    }

    /** From now on told of new neighbours, and of the end, until it leaves. */
    void begins(PeerGreeting greeting) {
        greetings.add(greeting);
    }

    void leaves(PeerGreeting greeting) {
        greetings.remove(greeting);
    }

    /** The link to the server, or null where that is no configured neighbour. */
    PeerLink link(String server) {
        return links.get(server);
    }

    /** Whether nobody who speaks without TLS can be a neighbour; so it is also while there is none. */
    boolean everyLinkRequiresTls() {
        return links.values().stream().allMatch(PeerLink::requiresTls);
    }

    void credentialsChanged() {
        links.values().forEach(PeerLink::dialNow);
    }

    int size() {
        return links.size();
    }

    List<HerdSnapshot.Peer> snapshot() {
        return links.values().stream().map(PeerLink::snapshot).toList();
    }

    boolean everReconciled() {
        return links.values().stream().anyMatch(PeerLink::everReconciled);
    }

    void stop() {
        links.values().forEach(link -> link.stop("this server stops"));
        List.copyOf(greetings).forEach(greeting -> greeting.refuse("this server stops"));
    }
}
