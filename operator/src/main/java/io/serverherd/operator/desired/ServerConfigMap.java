package io.serverherd.operator.desired;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;

/** One server's ConfigMap: its {@code herd.json}, with its own neighbours only, so a new edge changes just two of these. */
final class ServerConfigMap {
    private ServerConfigMap() {}

    static ConfigMap of(HerdIdentity herd, DesiredServer server, PeerConfig config) {
        return new ConfigMapBuilder()
                .withMetadata(
                        herd.metadata(server.setName(), Labels.ofServer(herd.name(), server.name(), server.setName())))
                .withData(Map.of(PeerConfig.FILE, config.json()))
                .build();
    }
}
