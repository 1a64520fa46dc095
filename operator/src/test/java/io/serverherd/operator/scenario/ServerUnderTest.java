package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** One server of a herd, seen from outside: its pod, its ports, what it answers. */
public record ServerUnderTest(String name, PodPorts ports, Supplier<Pod> pods) {

    private static final int CLIENT_PORT = 12000;
    private static final int ADMIN_PORT = 12200;

    public Pod pod() {
        Pod pod = pods.get();
        assertThat(pod).as("pod of server %s", name).isNotNull();
        return pod;
    }

    /** Where its clients connect to, from the machine of the test. */
    public InetSocketAddress address() {
        return ports.address(pod(), CLIENT_PORT);
    }

    /** Everything the server answers to one line. */
    String says(String line) throws IOException {
        return LineClient.ask(address(), line);
    }

    /** The first line of the answer to a WHATSAT: the record, or {@code ? …} where the client is unknown. */
    String whereIs(String client) throws IOException {
        return says("WHATSAT " + client + " 10 1").lines().findFirst().orElse("");
    }

    /** What runs in the pod: another value means that the process was started again. */
    String process() {
        ContainerStatus container = pod().getStatus().getContainerStatuses().get(0);
        return pod().getMetadata().getUid() + " " + container.getRestartCount() + " " + container.getContainerID();
    }

    /** Since when each connected neighbour has been: a changed time means another socket. */
    Map<String, String> links() throws IOException {
        Map<String, String> links = new TreeMap<>();
        for (JsonNode peer : status().path("peers")) {
            if (peer.path("connected").asBoolean()) {
                links.put(peer.path("server").asText(), peer.path("since").asText());
            }
        }
        return links;
    }

    JsonNode status() throws IOException {
        return new ObjectMapper().readTree(page("/status"));
    }

    String metrics() throws IOException {
        return page("/metrics");
    }

    private String page(String path) throws IOException {
        InetSocketAddress admin = ports.address(pod(), ADMIN_PORT);
        URI uri = URI.create("http://" + admin.getHostString() + ":" + admin.getPort() + path);
        try (InputStream answer = uri.toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
