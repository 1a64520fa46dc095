package io.serverherd.operator;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.serverherd.operator.api.EdgeSpec;
import io.serverherd.operator.api.PlacesSpec;
import io.serverherd.operator.api.SecretKeyRef;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.api.ServerHerdSpec;
import io.serverherd.operator.api.ServerSpec;
import io.serverherd.operator.desired.HerdSettings;
import io.serverherd.operator.desired.LinkSecurity;
import io.serverherd.operator.desired.ProxyVariables;
import io.serverherd.operator.topology.DrawnTopology;
import io.serverherd.operator.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ServerHerds for tests, drawn as text: {@code "A-B B-C D"} is two edges and a server without any. */
public final class Herds {
    public static final HerdSettings SETTINGS = new HerdSettings(
            "ghcr.io/serverherd/herd-node:0.1.0",
            "https://maps.googleapis.com",
            ProxyVariables.NONE,
            Optional.of("serverherd-system"),
            "cluster.local",
            LinkSecurity.NONE);

    private Herds() {}

    /** In namespace {@code default}, of UID {@code uid-of-NAME}, generation 1. */
    public static ServerHerd herd(String name, String drawn) {
        Topology topology = DrawnTopology.draw(drawn);
        return herd(
                name,
                spec(
                        topology.servers().stream()
                                .map(server -> new ServerSpec(server, null))
                                .toList(),
                        topology.edges().stream()
                                .map(edge -> new EdgeSpec(edge.high(), edge.low()))
                                .toList()));
    }

    public static ServerHerd herd(String name, ServerHerdSpec spec) {
        ServerHerd herd = new ServerHerd();
        herd.setMetadata(new ObjectMetaBuilder()
                .withNamespace("default")
                .withName(name)
                .withUid("uid-of-" + name)
                .withGeneration(1L)
                .withLabels(Map.of())
                .build());
        herd.setSpec(spec);
        return herd;
    }

    /** Servers and edges, and nothing else said. */
    public static ServerHerdSpec spec(List<ServerSpec> servers, List<EdgeSpec> edges) {
        return Records.of(ServerHerdSpec.class, Map.of("servers", servers, "edges", edges));
    }

    /** The same herd, with one more thing said, or said otherwise. */
    public static ServerHerd with(ServerHerd herd, String member, Object value) {
        return herd(herd.getMetadata().getName(), Records.with(herd.getSpec(), member, value));
    }

    /** The same herd, asked to replace its pods. */
    public static ServerHerd restartedAt(ServerHerd herd, String when) {
        ServerHerd asked = herd(herd.getMetadata().getName(), herd.getSpec());
        asked.getMetadata().setAnnotations(Map.of("serverherd.io/restartedAt", when));
        return asked;
    }

    public static ServerHerd withPlacesKey(ServerHerd herd, String secret) {
        return with(herd, "places", places(Map.of("secretRef", new SecretKeyRef(secret, null))));
    }

    public static PlacesSpec places(Map<String, ?> said) {
        return Records.of(PlacesSpec.class, said);
    }
}
