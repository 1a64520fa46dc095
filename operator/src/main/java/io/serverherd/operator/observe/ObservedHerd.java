package io.serverherd.operator.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.serverherd.operator.certmanager.Certificate;
import io.serverherd.operator.desired.CredentialHashes;
import io.serverherd.operator.desired.DesiredServer;
import io.serverherd.operator.desired.PeerSecret;
import io.serverherd.operator.topology.Edge;
import io.serverherd.operator.topology.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is there of one herd at one moment. Only what the herd owns: never another's object of the same name.
 *
 * @param objects     all but pods and claims
 * @param claims      for servers' records, by name: of servers that are there, and of those that were
 * @param servers     by the name of their set
 * @param lastApplied the servers that ConfigMaps are there for, with the neighbours these name: what the herd was last given
 * @param complete    every ready server has been asked for its status; if not, its answer starts the next pass
 */
public record ObservedHerd(
        Map<ObjectKey, HasMetadata> objects,
        Map<String, PersistentVolumeClaim> claims,
        Map<String, ObservedServer> servers,
        List<DesiredServer> lastApplied,
        boolean complete) {

    public ObservedHerd {
        objects = Map.copyOf(objects);
        claims = Map.copyOf(claims);
        servers = Map.copyOf(servers);
        lastApplied = List.copyOf(lastApplied);
    }

    /** The topology the herd was last given; an edge that only one end knows counts. */
    public Topology topology() {
        List<String> names = lastApplied.stream().map(DesiredServer::name).toList();
        List<Edge> edges = lastApplied.stream()
                .flatMap(server -> server.neighbours().stream()
                        .filter(names::contains)
                        .map(neighbour -> Edge.of(server.name(), neighbour)))
                .toList();
        return Topology.of(names, edges);
    }

    public List<StatefulSet> sets() {
        return objects.values().stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .toList();
    }

    public Optional<Secret> secret(String name) {
        return objects.get(new ObjectKey("Secret", name)) instanceof Secret there
                ? Optional.of(there)
                : Optional.empty();
    }

    /** What the server's Secret holds; empty where there is none, or it is not complete. */
    public Optional<CredentialHashes> credentials(DesiredServer server) {
        return secret(PeerSecret.nameOfServer(server.setName()))
                .map(PeerSecret::files)
                .flatMap(PeerSecret::hashes);
    }

    /** With one of the herd's that the caches don't show. */
    public ObservedHerd with(HasMetadata object) {
        Map<ObjectKey, HasMetadata> more = new HashMap<>(objects);
        more.put(ObjectKey.of(object), object);
        return new ObservedHerd(more, claims, servers, lastApplied, complete);
    }

    public Optional<Certificate> certificate(String name) {
        return objects.get(new ObjectKey("Certificate", name)) instanceof Certificate there
                ? Optional.of(there)
                : Optional.empty();
    }

    public ObservedServer server(DesiredServer server) {
        return servers.getOrDefault(server.setName(), ObservedServer.ABSENT);
    }
}
