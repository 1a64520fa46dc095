package io.serverherd.operator.scenario;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The way to pods of a cluster that only its API server can be reached of: one forward per pod and port, on demand. */
final class ForwardedPorts implements PodPorts, AutoCloseable {

    private final KubernetesClient client;
    private final Map<String, ForwardedPort> forwards = new ConcurrentHashMap<>();

    ForwardedPorts(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public InetSocketAddress address(Pod pod, int port) {
        try {
            return forwards.computeIfAbsent(pod.getMetadata().getUid() + ":" + port, key -> forward(pod, port))
                    .address();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ForwardedPort forward(Pod pod, int port) {
        try {
            return new ForwardedPort(client.pods().resource(pod), port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (ForwardedPort forward : forwards.values()) {
            forward.close();
        }
    }
}
