package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** A herd in a namespace, as the person sees it who applied it. */
public final class HerdUnderTest {

    /** All that a herd is made of. */
    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            StatefulSet.class,
            ConfigMap.class,
            Service.class,
            PodDisruptionBudget.class,
            NetworkPolicy.class,
            Secret.class,
            Pod.class);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;
    private final PodPorts ports;
    private final String namespace;
    private HerdManifest manifest;

    public HerdUnderTest(KubernetesClient client, PodPorts ports, String namespace, HerdManifest manifest) {
        this.client = client;
        this.ports = ports;
        this.namespace = namespace;
        this.manifest = manifest;
    }

    /** Server-side apply, as a GitOps tool does it. */
    public void apply(HerdManifest changed) {
        ServerSideApply.of(client, changed.in(namespace));
        manifest = changed;
    }

    /** As {@code kubectl annotate --overwrite} does. */
    void annotate(String annotation, String value) {
        client.resource(manifest.in(namespace)).edit(herd -> {
            Map<String, String> annotations = new TreeMap<>(herd.getMetadata().getAnnotations());
            annotations.put(annotation, value);
            herd.getMetadata().setAnnotations(annotations);
            return herd;
        });
    }

    public String namespace() {
        return namespace;
    }

    public HerdManifest manifest() {
        return manifest;
    }

    public ServerUnderTest server(String name) {
        return new ServerUnderTest(name, ports, () -> client
                .pods()
                .inNamespace(namespace)
                .withLabel("serverherd.io/herd", manifest.name())
                .withLabel("serverherd.io/server", name)
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .findFirst()
                .orElse(null));
    }

    List<ServerUnderTest> servers() {
        return manifest.serverNames().stream().map(this::server).toList();
    }

    /** Until every server of the manifest is ready, every edge connected, and the status speaks of this generation. */
    public HerdUnderTest awaitReady() {
        await().atMost(OperatedCluster.PATIENCE).untilAsserted(this::mustBeReady);
        return this;
    }

    /** As {@link #awaitReady}, of a cluster whose API server may not answer all the time. */
    HerdUnderTest awaitReadyWithin(Duration time) {
        await().atMost(time).ignoreExceptions().untilAsserted(this::mustBeReady);
        return this;
    }

    private void mustBeReady() {
        int servers = manifest.serverNames().size();
        int edges = manifest.edgeCount();
        JsonNode herd = read();
        assertThat(herd.at("/status/observedGeneration").asLong())
                .as("generation seen by the operator, of %s", herd)
                .isEqualTo(herd.at("/metadata/generation").asLong());
        assertThat(herd.at("/status/summary/servers").asText()).isEqualTo(servers + "/" + servers);
        assertThat(herd.at("/status/summary/edges").asText()).isEqualTo(edges + "/" + edges);
        assertThat(condition("Ready").path("status").asText())
                .as("Ready of %s", herd)
                .isEqualTo("True");
        assertThat(condition("TopologyConverged").path("status").asText())
                .as("TopologyConverged of %s", herd)
                .isEqualTo("True");
    }

    JsonNode awaitCondition(String type, String status) {
        await().atMost(OperatedCluster.PATIENCE)
                .untilAsserted(() -> assertThat(condition(type).path("status").asText())
                        .as("condition %s of %s", type, read())
                        .isEqualTo(status));
        return condition(type);
    }

    /** The condition of that type, or a missing node. */
    JsonNode condition(String type) {
        for (JsonNode condition : read().at("/status/conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return JSON.missingNode();
    }

    /** The whole resource as it stands; a missing node when it is gone. */
    public JsonNode read() {
        GenericKubernetesResource herd = client.resource(manifest.in(namespace)).get();
        return herd == null ? JSON.missingNode() : JSON.valueToTree(herd);
    }

    /** Until every server says the same of a client, and that is the given record. */
    void awaitEverywhere(String client, String record) {
        for (ServerUnderTest server : servers()) {
            await().atMost(OperatedCluster.PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(() -> assertThat(server.whereIs(client))
                            .as("what %s says of %s", server.name(), client)
                            .isEqualTo(record));
        }
    }

    public Map<String, String> processes() {
        Map<String, String> processes = new TreeMap<>();
        servers().forEach(server -> processes.put(server.name(), server.process()));
        return processes;
    }

    /** Of every pod that is there, also of one on its way out. */
    Set<String> images() {
        return pods().stream()
                .map(pod -> pod.getSpec().getContainers().get(0).getImage())
                .collect(Collectors.toSet());
    }

    /** Each end of each link and since when it stands. */
    public Map<String, String> links() throws IOException {
        Map<String, String> links = new TreeMap<>();
        for (ServerUnderTest server : servers()) {
            server.links().forEach((peer, since) -> links.put(server.name() + ">" + peer, since));
        }
        return links;
    }

    public void delete() {
        client.resource(manifest.in(namespace)).delete();
    }

    /** Everything in the namespace that carries the herd's label, as kind/name. */
    List<String> objects() {
        List<HasMetadata> all = new ArrayList<>();
        KINDS.forEach(kind -> all.addAll(client.resources(kind)
                .inNamespace(namespace)
                .withLabel("serverherd.io/herd", manifest.name())
                .list()
                .getItems()));
        return all.stream()
                .map(o -> o.getKind() + "/" + o.getMetadata().getName())
                .sorted()
                .toList();
    }

    /** One of its objects, such as {@code Service/five-node-herd-peers}. */
    HerdObject object(String kindAndName) {
        String[] parts = kindAndName.split("/");
        Class<? extends HasMetadata> kind = KINDS.stream()
                .filter(known -> HasMetadata.getKind(known).equals(parts[0]))
                .findFirst()
                .orElseThrow();
        return new HerdObject(client, namespace, kind, parts[1]);
    }

    public List<Pod> pods() {
        return client.pods()
                .inNamespace(namespace)
                .withLabel("serverherd.io/herd", manifest.name())
                .list()
                .getItems();
    }

    /** At what pods mount, as they do when a pod changes; else a minute may pass. A pod that is replaced meanwhile has the newest. */
    void letKubeletsLook() {
        String now = Long.toString(System.nanoTime());
        for (Pod pod : pods()) {
            try {
                client.resource(pod)
                        .patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                "{\"metadata\": {\"annotations\": {\"test/looked\": \"" + now + "\"}}}");
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                    throw e;
                }
            }
        }
    }

    /** Until nobody has written anything for two seconds. */
    public HerdUnderTest awaitQuiet() {
        AtomicReference<Map<String, String>> seen = new AtomicReference<>(Map.of());
        await().during(Duration.ofSeconds(2)).atMost(OperatedCluster.PATIENCE).until(() -> {
            Map<String, String> now = versions();
            return now.equals(seen.getAndSet(now));
        });
        return this;
    }

    /** Each object's resourceVersion, the herd's own included: unchanged means that nobody wrote anything. */
    Map<String, String> versions() {
        Map<String, String> versions = versionsOfObjects();
        versions.put("ServerHerd", read().at("/metadata/resourceVersion").asText());
        return versions;
    }

    /** As {@link #versions}, but of the herd's own, whose status may change. */
    Map<String, String> versionsOfObjects() {
        return versionsOfObjects(client, namespace);
    }

    /** Of all objects in a namespace that herds are made of: the resourceVersion, by kind/name. */
    public static Map<String, String> versionsOfObjects(KubernetesClient client, String namespace) {
        Map<String, String> versions = new TreeMap<>();
        KINDS.forEach(kind -> client.resources(kind)
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(object -> versions.put(
                        object.getKind() + "/" + object.getMetadata().getName(),
                        object.getMetadata().getResourceVersion())));
        return versions;
    }
}
