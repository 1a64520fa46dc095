package io.serverherd.operator;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.serverherd.operator.api.EdgeSpec;
import io.serverherd.operator.api.PlacesSpec;
import io.serverherd.operator.api.PodSettings;
import io.serverherd.operator.api.SecretKeyRef;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.api.ServerHerdSpec;
import io.serverherd.operator.api.ServerSpec;
import io.serverherd.operator.desired.HerdSettings;
import io.serverherd.operator.topology.DrawnTopology;
import io.serverherd.operator.topology.Topology;
import java.util.Map;

/** ServerHerds for tests, drawn as text: {@code "A-B B-C D"} is two edges and a server without any. */
public final class Herds {
    public static final HerdSettings SETTINGS =
            new HerdSettings("ghcr.io/serverherd/herd-node:0.1.0", "https://maps.googleapis.com");

    private Herds() {}

    /** In namespace {@code default}, of UID {@code uid-of-NAME}, generation 1. */
    public static ServerHerd herd(String name, String drawn) {
        Topology topology = DrawnTopology.draw(drawn);
        return herd(
                name,
                new ServerHerdSpec(
                        topology.servers().stream()
                                .map(server -> new ServerSpec(server, null))
                                .toList(),
                        topology.edges().stream()
                                .map(edge -> new EdgeSpec(edge.high(), edge.low()))
                                .toList(),
                        null,
                        null,
                        null));
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

    public static ServerHerd withImage(ServerHerd herd, String image) {
        ServerHerdSpec spec = herd.getSpec();
        return herd(
                herd.getMetadata().getName(),
                new ServerHerdSpec(spec.servers(), spec.edges(), image, spec.places(), spec.pod()));
    }

    public static ServerHerd withPlacesKey(ServerHerd herd, String secret) {
        ServerHerdSpec spec = herd.getSpec();
        PlacesSpec places = new PlacesSpec(new SecretKeyRef(secret, null), null, null, null);
        return herd(
                herd.getMetadata().getName(),
                new ServerHerdSpec(spec.servers(), spec.edges(), spec.image(), places, spec.pod()));
    }

    public static ServerHerd withPod(ServerHerd herd, PodSettings pod) {
        ServerHerdSpec spec = herd.getSpec();
        return herd(
                herd.getMetadata().getName(),
                new ServerHerdSpec(spec.servers(), spec.edges(), spec.image(), spec.places(), pod));
    }
}
