package io.serverherd.operator.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.serverherd.operator.desired.DesiredServer;
import io.serverherd.operator.desired.Labels;
import io.serverherd.operator.desired.PeerConfig;
import io.serverherd.operator.desired.Sha256;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads back from a server's ConfigMap what the server was last given. */
final class AppliedConfig {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private AppliedConfig() {}

    /** Empty when someone has damaged the ConfigMap; the next apply repairs it. */
    static Optional<DesiredServer> of(ConfigMap map) {
        String json = map.getData() == null ? null : map.getData().get(PeerConfig.FILE);
        String server = map.getMetadata().getLabels().get(Labels.SERVER);
        if (json == null || server == null) {
            return Optional.empty();
        }
        try {
            SortedSet<String> neighbours = new TreeSet<>();
            SortedSet<String> encrypted = new TreeSet<>();
            for (JsonNode neighbour : MAPPER.readTree(json).path("neighbours")) {
                String name = neighbour.path("server").asText();
                neighbours.add(name);
                if (neighbour.path("tls").asBoolean()) {
                    encrypted.add(name);
                }
            }
            return Optional.of(new DesiredServer(
                    server,
                    map.getMetadata().getName(),
                    neighbours,
                    encrypted,
                    Sha256.hex(json),
                    Optional.empty(),
                    Optional.empty()));
        } catch (JsonProcessingException damaged) {
            return Optional.empty();
        }
    }
}
