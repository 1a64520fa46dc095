package io.serverherd.local.api;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Pods for tests: objects without processes, logs that are plain files, and ports that are sockets of the test. */
final class TestPods implements PodRuntime {

    private final Map<String, Path> logs = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> ports = new ConcurrentHashMap<>();

    @Override
    public Optional<Path> log(String namespace, String pod, String container, boolean previous) {
        return Optional.ofNullable(logs.get(container + (previous ? "/previous" : "")));
    }

    @Override
    public Optional<InetSocketAddress> address(String namespace, String pod, int port) {
        return Optional.ofNullable(ports.get(port))
                .map(local -> new InetSocketAddress(InetAddress.getLoopbackAddress(), local));
    }

    void setLog(String container, Path file) {
        logs.put(container, file);
    }

    void setPort(int port, int local) {
        ports.put(port, local);
    }

    /** A pod that seems to run on a node. */
    static Pod running(KubernetesClient client, String name) {
        Pod pod = client.resource(pod(name).build()).create();
        setRunning(client, name, true);
        return pod;
    }

    static void setRunning(KubernetesClient client, String name, boolean running) {
        client.pods().withName(name).editStatus(pod -> {
            PodBuilder edited = new PodBuilder(pod);
            var status = edited.withNewStatus()
                    .withPhase(running ? "Running" : "Succeeded")
                    .addNewContainerStatus()
                    .withName("main")
                    .withReady(running)
                    .withRestartCount(2);
            if (running) {
                status.withNewState().withNewRunning().endRunning().endState();
            } else {
                status.withNewState()
                        .withNewTerminated()
                        .withReason("Completed")
                        .endTerminated()
                        .endState();
            }
            return status.endContainerStatus().endStatus().build();
        });
    }

    static PodBuilder pod(String name, OwnerReference... owners) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("app", "test")
                .withOwnerReferences(owners)
                .endMetadata()
                .withNewSpec()
                .withNodeName("node")
                .addNewContainer()
                .withName("main")
                .withImage("x:1")
                .endContainer()
                .endSpec();
    }

    /** Echoes in capitals what it is sent, after the sender has ended its direction; then ends its own. */
    static final class CapitalsAfterEnd implements AutoCloseable {

        private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

        CapitalsAfterEnd() throws IOException {
            Thread thread = new Thread(this::serve, "capitals");
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return socket.getLocalPort();
        }

        private void serve() {
            while (!socket.isClosed()) {
                try (Socket client = socket.accept()) {
                    byte[] all = client.getInputStream().readAllBytes();
                    client.getOutputStream()
                            .write(new String(all)
                                    .toUpperCase(java.util.Locale.ROOT)
                                    .getBytes());
                } catch (IOException e) {
                    if (!socket.isClosed()) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
