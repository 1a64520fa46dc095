package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;

/** One of the objects that a herd is made of, for hands to tamper with. */
record HerdObject(KubernetesClient client, String namespace, Class<? extends HasMetadata> kind, String name) {

    /** How long until what was tampered with is right again. */
    static final Duration SOON = Duration.ofSeconds(10);

    private static final ObjectMapper JSON = new ObjectMapper();

    Resource<? extends HasMetadata> resource() {
        return client.resources(kind).inNamespace(namespace).withName(name);
    }

    /** Null when it is gone. */
    HasMetadata get() {
        return resource().get();
    }

    String uid() {
        return get().getMetadata().getUid();
    }

    /** @param merge a JSON merge patch */
    void patch(String merge) {
        resource().patch(PatchContext.of(PatchType.JSON_MERGE), merge);
    }

    /**
     * All that the operator says of it, so without the addresses, which are the cluster's to give, and of a Secret without what
     * it holds, which is random; missing when it is gone.
     */
    JsonNode content() {
        HasMetadata object = get();
        if (object == null) {
            return JSON.missingNode();
        }
        ObjectNode content = JSON.valueToTree(object);
        ObjectNode metadata = content.putObject("metadata");
        metadata.set("labels", JSON.valueToTree(object.getMetadata().getLabels()));
        metadata.set("owners", JSON.valueToTree(object.getMetadata().getOwnerReferences()));
        content.remove("status");
        if (content.get("spec") instanceof ObjectNode spec) {
            spec.remove(List.of("clusterIP", "clusterIPs"));
        }
        if (object instanceof Secret && content.get("data") instanceof ObjectNode data) {
            data.fieldNames()
                    .forEachRemaining(
                            name -> data.put(name, data.get(name).asText().isEmpty() ? "" : "…"));
        }
        return content;
    }

    void awaitSoon(JsonNode wanted) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(content()).as("%s", this).isEqualTo(wanted));
    }

    @Override
    public String toString() {
        return HasMetadata.getKind(kind) + "/" + name;
    }
}
