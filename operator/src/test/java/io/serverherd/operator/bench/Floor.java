package io.serverherd.operator.bench;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.serverherd.operator.scenario.PodPorts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What the cluster alone takes for the writes of an edge edit: two ConfigMaps, then an annotation of each of their pods, done by
 * hand, until the servers in both pods say that they run the new configuration.
 */
final class Floor {

    private final List<BarePod> pods;
    private final List<StatusPoll> servers;
    private int edits;

    private Floor(List<BarePod> pods, List<StatusPoll> servers) {
        this.pods = pods;
        this.servers = servers;
    }

    /** Beside the herd whose sets these are. */
    static Floor start(KubernetesClient client, PodPorts ports, List<StatefulSet> sets) {
        List<BarePod> pods = new ArrayList<>();
        List<StatusPoll> servers = new ArrayList<>();
        for (StatefulSet set : sets.subList(0, 2)) {
            BarePod pod = BarePod.like(set, client, "floor-" + pods.size());
            pod.configure();
            pod.create();
            pods.add(pod);
        }
        for (BarePod pod : pods) {
            client.resource(pod.pod()).waitUntilReady(3, TimeUnit.MINUTES);
            servers.add(new StatusPoll(ports.address(pod.pod(), 12200)));
        }
        return new Floor(pods, servers);
    }

    void edit(Times times) {
        String config = "{\"neighbours\": [], \"edit\": %d}".formatted(++edits);
        String hash = sha256(config);
        long start = System.nanoTime();
        pods.forEach(pod -> pod.configure(config));
        pods.forEach(pod -> pod.touch(hash));
        long end = servers.stream()
                .map(server -> CompletableFuture.supplyAsync(() -> server.await(
                        "configuration " + hash,
                        status -> status.path("configHash").asText().equals(hash))))
                .toList()
                .stream()
                .mapToLong(CompletableFuture::join)
                .max()
                .orElseThrow();
        times.add(start, end);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
