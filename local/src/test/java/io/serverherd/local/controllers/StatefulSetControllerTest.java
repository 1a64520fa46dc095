package io.serverherd.local.controllers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.serverherd.local.api.ApiServer;
import io.serverherd.local.api.ApiServerOptions;
import io.serverherd.local.api.PodRuntime;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the controller does on what its caches don't show yet. */
class StatefulSetControllerTest {
    private static final StatefulSet SET = Serialization.unmarshal("""
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: s, namespace: default}
            spec:
              serviceName: peers
              selector: {matchLabels: {app: s}}
              template:
                metadata: {labels: {app: s}}
                spec: {containers: [{name: c, image: any}]}
            """, StatefulSet.class);

    private ApiServer api;
    private KubernetesClient client;
    private KubernetesClient deaf;
    private StatefulSetController controller;

    @BeforeEach
    void start() throws IOException {
        api = ApiServer.start(new ApiServerOptions("127.0.0.1", 0, PodRuntime.NONE));
        client = client(new KubernetesClientBuilder());
        deaf = client(
                new KubernetesClientBuilder().withHttpClientBuilderConsumer(StatefulSetControllerTest::hearOfNoSet));
    }

    @AfterEach
    void stop() {
        controller.close();
        deaf.close();
        client.close();
        api.close();
    }

    @Test
    void aPodIsNotTakenBackByTheSetThatLeavesItBehind() {
        StatefulSet set = client.resource(SET).create();
        controller = StatefulSetController.start(client, Clock.systemUTC());
        await().until(() -> pod() != null);
        String uid = pod().getMetadata().getUid();
        controller.close();
        controller = StatefulSetController.start(deaf, Clock.systemUTC());

        client.resource(set).withPropagationPolicy(DeletionPropagation.ORPHAN).delete();

        await().until(() -> client.resource(set).get() == null);
        await().during(Duration.ofSeconds(1)).untilAsserted(() -> {
            Pod left = pod();
            assertThat(left).isNotNull();
            assertThat(left.getMetadata().getUid()).isEqualTo(uid);
            assertThat(left.getMetadata().getOwnerReferences()).isEmpty();
        });
    }

    private Pod pod() {
        return client.pods().inNamespace("default").withName("s-0").get();
    }

    /** The list of sets never changes after the first. */
    private static void hearOfNoSet(HttpClient.Builder http) {
        http.addOrReplaceInterceptor("deaf", new Interceptor() {
            @Override
            public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                String uri = request.uri().toString();
                if (uri.contains("/statefulsets?") && uri.contains("watch=true")) {
                    builder.uri(URI.create(uri + "&fieldSelector=metadata.name%3Dnobody"));
                }
            }
        });
    }

    private KubernetesClient client(KubernetesClientBuilder builder) {
        return builder.withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl(api.url())
                        .withNamespace("default")
                        .build())
                .build();
    }
}
