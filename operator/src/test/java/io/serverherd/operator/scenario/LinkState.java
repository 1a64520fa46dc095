package io.serverherd.operator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.serverherd.operator.desired.PeerSecret;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How a herd's links are secured, as its servers say, and as its Secrets say. */
record LinkState(KubernetesClient client, HerdUnderTest herd) {

    /** Such as {@code A>B}: A says that it speaks TLS to B. */
    Set<String> encrypted() throws IOException {
        Set<String> encrypted = new TreeSet<>();
        for (ServerUnderTest server : herd.servers()) {
            for (JsonNode peer : server.status().path("peers")) {
                if (peer.path("tls").asBoolean()) {
                    encrypted.add(server.name() + ">" + peer.path("server").asText());
                }
            }
        }
        return encrypted;
    }

    /** What each server shows and whom it trusts, as it says: the hashes of the files. */
    Map<String, String> certificates() throws IOException {
        Map<String, String> certificates = new HashMap<>();
        for (ServerUnderTest server : herd.servers()) {
            JsonNode own = server.status().path("peerTls");
            certificates.put(
                    server.name(),
                    own.path("certificate").asText() + " " + own.path("trust").asText());
        }
        return certificates;
    }

    /** @param ending of the Secrets' names: {@code -peer-tls}, the operator's, or {@code -peer-cert}, cert-manager's */
    Map<String, String> certificatesInSecrets(String ending) {
        Map<String, String> certificates = new HashMap<>();
        secrets().values().stream()
                .filter(secret -> secret.getMetadata().getName().endsWith(ending))
                .forEach(secret -> PeerSecret.hashes(PeerSecret.files(secret))
                        .ifPresent(hashes -> certificates.put(
                                secret.getMetadata().getLabels().get("serverherd.io/server"),
                                hashes.certificate() + " " + hashes.trust())));
        return certificates;
    }

    /** All that carry the herd's label, by name. */
    Map<String, Secret> secrets() {
        return client
                .secrets()
                .inNamespace(herd.namespace())
                .withLabel("serverherd.io/herd", herd.manifest().name())
                .list()
                .getItems()
                .stream()
                .collect(Collectors.toMap(
                        secret -> secret.getMetadata().getName(), secret -> secret, (a, b) -> a, TreeMap::new));
    }
}
