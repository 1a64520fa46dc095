package io.serverherd.operator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.ArrayList;
import java.util.List;

/** Every status a herd has had since, in order: what one who waits can have seen. */
final class StatusHistory implements AutoCloseable, Watcher<GenericKubernetesResource> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> statuses = new ArrayList<>();
    private final Watch watch;

    private StatusHistory(KubernetesClient client, HerdUnderTest herd) {
        watch = client.resource(herd.manifest().in(herd.namespace())).watch(this);
    }

    static StatusHistory watch(KubernetesClient client, HerdUnderTest herd) {
        return new StatusHistory(client, herd);
    }

    @Override
    public synchronized void eventReceived(Action action, GenericKubernetesResource herd) {
        statuses.add(JSON.valueToTree(herd.getAdditionalProperties().get("status")));
    }

    @Override
    public void onClose(WatcherException cause) {
        throw new IllegalStateException("the watch ended before the test", cause);
    }

    @Override
    public void onClose() {
        // The test is done with it.
    }

    /** How a condition stood in the statuses that speak of a generation, each turn once: such as {@code [False, True]}. */
    synchronized List<String> turns(String condition, long generation) {
        List<String> turns = new ArrayList<>();
        for (JsonNode status : statuses) {
            if (status.path("observedGeneration").asLong() == generation) {
                String now = status(condition, status);
                if (turns.isEmpty() || !turns.get(turns.size() - 1).equals(now)) {
                    turns.add(now);
                }
            }
        }
        return turns;
    }

    private static String status(String type, JsonNode status) {
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition.path("status").asText();
            }
        }
        return "absent";
    }

    @Override
    public void close() {
        watch.close();
    }
}
