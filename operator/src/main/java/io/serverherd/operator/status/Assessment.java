package io.serverherd.operator.status;

import io.serverherd.operator.api.ServerStatus;
import io.serverherd.operator.desired.DesiredServer;
import io.serverherd.operator.observe.NodeStatus;
import io.serverherd.operator.observe.ObservedHerd;
import io.serverherd.operator.observe.ObservedPod;
import io.serverherd.operator.observe.ObservedServer;
import io.serverherd.operator.observe.ObservedSet;
import io.serverherd.operator.topology.Edge;
import io.serverherd.operator.topology.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the wanted servers lack, compared with those that are there; the conditions are read off it.
 *
 * @param servers   one entry each, in the order of names
 * @param notReady  without a ready pod
 * @param troubles  such as {@code ImagePullBackOff: …}, and whom it befalls; some of those not ready
 * @param outdated  with a pod of an older template
 * @param pending   whose set has not yet been seen by its controller, so nothing is known of its pod's age
 * @param silent    whose pod is ready, but which have not answered the operator
 * @param unrewired that answered, but run an older configuration
 * @param down      edges that not both ends call connected
 * @param unsettled edges that are yet to be switched to TLS, or from it
 * @param edges     of the topology
 * @param parts     into how many groups without an edge between them the topology falls
 * @param certificateProblems what servers say is wrong with certificates they were given, by the server's name
 * @param clientTlsProblems what servers say is wrong with the files for TLS with clients, by the server's name
 * @param places    how the asking of Places stands on the servers that answered, in the order of names
 */
record Assessment(
        List<ServerStatus> servers,
        List<String> notReady,
        Map<String, List<String>> troubles,
        List<String> outdated,
        List<String> pending,
        List<String> silent,
        List<String> unrewired,
        List<Edge> down,
        List<Edge> unsettled,
        int edges,
        int parts,
        Map<String, String> certificateProblems,
        Map<String, String> clientTlsProblems,
        Map<String, NodeStatus.Places> places) {
    /** The kubelet's reasons that say a container does not start or stay up; a pod without a place may get one any moment. */
    private static final Pattern FAILING = Pattern.compile("(\\w+BackOff|\\w+Error|Err\\w+|InvalidImageName)\\b.*");

    static Assessment of(Topology topology, List<DesiredServer> servers, Set<Edge> unsettled, ObservedHerd observed) {
        Map<String, ObservedServer> byName = new HashMap<>();
        servers.forEach(server -> byName.put(server.name(), observed.server(server)));

        List<ServerStatus> statuses = new ArrayList<>();
        List<String> notReady = new ArrayList<>();
        Map<String, List<String>> troubles = new LinkedHashMap<>();
        List<String> outdated = new ArrayList<>();
        List<String> pending = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        List<String> unrewired = new ArrayList<>();
        Map<String, String> certificateProblems = new TreeMap<>();
        Map<String, String> clientTlsProblems = new TreeMap<>();
        Map<String, NodeStatus.Places> places = new TreeMap<>();
        for (DesiredServer server : servers) {
            ObservedServer is = byName.get(server.name());
            statuses.add(statusOf(server, is));
            if (!is.ready()) {
                notReady.add(server.name());
                is.pod().flatMap(ObservedPod::trouble).ifPresent(trouble -> troubles.computeIfAbsent(
                                trouble, any -> new ArrayList<>())
                        .add(server.name()));
            } else if (is.node().isEmpty()) {
                silent.add(server.name());
            }
            if (is.outdated()) {
                outdated.add(server.name());
            }
            if (is.set().flatMap(ObservedSet::revision).isEmpty()) {
                pending.add(server.name());
            }
            if (is.node().isPresent() && !is.runs(server.configHash())) {
                unrewired.add(server.name());
            }
            is.certificateProblem().ifPresent(problem -> certificateProblems.put(server.name(), problem));
            is.clientTlsProblem().ifPresent(problem -> clientTlsProblems.put(server.name(), problem));
            is.node().map(NodeStatus::places).ifPresent(says -> places.put(server.name(), says));
        }
        List<Edge> down = topology.edges().stream()
                .filter(edge -> !byName.get(edge.low()).connectedTo(edge.high())
                        || !byName.get(edge.high()).connectedTo(edge.low()))
                .toList();
        return new Assessment(
                statuses,
                notReady,
                troubles,
                outdated,
                pending,
                silent,
                unrewired,
                down,
                unsettled.stream().sorted().toList(),
                topology.edges().size(),
                topology.components().size(),
                certificateProblems,
                clientTlsProblems,
                places);
    }

    /** A server does not come up: somebody should look. */
    boolean failing() {
        return troubles.keySet().stream()
                .anyMatch(trouble -> FAILING.matcher(trouble).matches());
    }

    boolean converged() {
        return notReady.isEmpty() && silent.isEmpty() && unrewired.isEmpty() && down.isEmpty() && unsettled.isEmpty();
    }

    int readyServers() {
        return servers.size() - notReady.size();
    }

    int connectedEdges() {
        return edges - down.size();
    }

    private static ServerStatus statusOf(DesiredServer server, ObservedServer is) {
        int connected =
                (int) server.neighbours().stream().filter(is::connectedTo).count();
        return new ServerStatus(
                server.name(), server.podName(), is.ready(), server.neighbours().size(), connected);
    }
}
