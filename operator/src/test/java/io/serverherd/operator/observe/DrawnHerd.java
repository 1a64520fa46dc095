package io.serverherd.operator.observe;

import io.serverherd.operator.desired.DesiredHerd;
import io.serverherd.operator.desired.DesiredServer;
import io.serverherd.operator.topology.Edge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is there of a herd, as text: {@code "A=old B=new! C=gone"}.
 *
 * <pre>
 * new, old      the pod is of the set's newest template, or of an older one; ready, running the wanted configuration
 * …!            not ready: it crashes
 * …%            not ready: no node has room
 * …~            on its way out
 * …?            the server has not answered
 * …#            the server runs an older configuration
 * unseen        the set's controller has not seen the newest template yet
 * gone          a set without a pod
 * absent        nothing at all
 * </pre>
 *
 * Old pods are of 10:00:00, new ones of 11:00:00 plus their place in the text in seconds. All edges are connected, but those
 * named.
 */
public final class DrawnHerd {
    private DrawnHerd() {}

    /** @param downEdges such as {@code "A-B C-D"} */
    public static ObservedHerd observe(DesiredHerd desired, String drawn, String downEdges) {
        Set<Edge> down = edges(downEdges);
        Map<String, DesiredServer> byName =
                desired.servers().stream().collect(Collectors.toMap(DesiredServer::name, server -> server));
        Map<String, ObservedServer> servers = new HashMap<>();
        String[] words = drawn.strip().split("\\s+");
        for (int i = 0; i < words.length; i++) {
            String[] nameAndState = words[i].split("=");
            DesiredServer server = byName.get(nameAndState[0]);
            servers.put(server.setName(), server(server, nameAndState[1], i, down));
        }
        return new ObservedHerd(Map.of(), Map.of(), servers, desired.servers(), true);
    }

    private static ObservedServer server(DesiredServer server, String state, int place, Set<Edge> down) {
        if (state.equals("absent")) {
            return ObservedServer.ABSENT;
        }
        Optional<String> revision = state.equals("unseen") ? Optional.empty() : Optional.of("new");
        Optional<ObservedSet> set = Optional.of(new ObservedSet("set-" + server.name(), revision));
        if (state.equals("gone")) {
            return new ObservedServer(set, Optional.empty(), Optional.empty());
        }
        boolean old = state.startsWith("old");
        ObservedPod pod = new ObservedPod(
                server.podName(),
                "pod-" + server.name(),
                Instant.parse(old ? "2026-01-01T10:00:00Z" : "2026-01-01T11:00:00Z")
                        .plusSeconds(old ? 0 : place),
                Optional.of("10.0.0." + place),
                !notReady(state),
                state.contains("~"),
                Optional.of(old ? "old" : "new"),
                Optional.empty(),
                trouble(state));
        return new ObservedServer(set, Optional.of(pod), node(server, state, down));
    }

    private static Optional<NodeStatus> node(DesiredServer server, String state, Set<Edge> down) {
        if (state.contains("?") || notReady(state)) {
            return Optional.empty();
        }
        Set<String> connected = server.neighbours().stream()
                .filter(neighbour -> !down.contains(Edge.of(server.name(), neighbour)))
                .collect(Collectors.toSet());
        String hash = state.contains("#") ? "an older one" : server.configHash();
        return Optional.of(new NodeStatus(
                hash, connected, Set.of(), null, null, NodeStatus.Places.of(NodeStatus.PlacesKey.LOADED)));
    }

    private static boolean notReady(String state) {
        return state.contains("!") || state.contains("%");
    }

    private static Optional<String> trouble(String state) {
        if (state.contains("!")) {
            return Optional.of("CrashLoopBackOff: the server ended with code 1");
        }
        return state.contains("%") ? Optional.of("Unschedulable: 0/1 nodes are available") : Optional.empty();
    }

    private static Set<Edge> edges(String text) {
        List<Edge> edges = new ArrayList<>();
        for (String word : text.strip().split("\\s+")) {
            if (!word.isEmpty()) {
                edges.add(Edge.of(word.split("-")[0], word.split("-")[1]));
            }
        }
        return Set.copyOf(edges);
    }
}
