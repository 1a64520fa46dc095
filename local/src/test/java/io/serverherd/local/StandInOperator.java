package io.serverherd.local;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An operator that makes nothing, and calls every herd ready. Its status tells what it was given. */
public final class StandInOperator {

    private StandInOperator() {}

    public static void main(String[] args) throws InterruptedException {
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            var herds = client.genericKubernetesResources("serverherd.io/v1alpha1", "ServerHerd")
                    .inNamespace("default");
            GenericKubernetesResource herd =
                    herds.withName("five-node-herd").waitUntilCondition(it -> it != null, 1, TimeUnit.MINUTES);
            Secret key = client.secrets()
                    .inNamespace("default")
                    .withName("google-places")
                    .get();
            int bytes = Base64.getDecoder().decode(key.getData().get("api-key")).length;
            tell(
                    client,
                    herd,
                    "False",
                    "key of %d bytes at %s".formatted(bytes, System.getenv("OPERATOR_PLACES_ENDPOINT")));
            tell(client, herd, "True", "Stood in");
            new CountDownLatch(1).await();
        }
    }

    private static void tell(KubernetesClient client, GenericKubernetesResource herd, String ready, String state) {
        client.resource(herd).subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), """
                        {"status": {"observedGeneration": %d, "summary": {"state": "%s"}, "conditions": [{"type": "Ready",
                         "status": "%s", "reason": "Test", "message": "", "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}
                        """.formatted(
                        herd.getMetadata().getGeneration(), state, ready));
    }
}
