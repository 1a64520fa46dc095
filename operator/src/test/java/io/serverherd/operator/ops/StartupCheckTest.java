package io.serverherd.operator.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.KubernetesListBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.serverherd.operator.api.ServerHerd;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartupCheckTest {
    private static final String HERDS = "/apis/serverherd.io/v1alpha1/serverherds?limit=1";
    private static final String SERVICES = "/api/v1/services?limit=1";

    private KubernetesMockServer server;
    private KubernetesClient client;
    private Thread starting;

    @BeforeEach
    void start() {
        server = new KubernetesMockServer(false);
        server.init();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl(server.url("/"))
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (starting != null) {
            starting.interrupt();
            starting.join();
        }
        client.close();
        server.destroy();
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "404, the API server does not know ServerHerds: kubectl apply -f crds/",
        "403, may not list serverherds.serverherd.io in all namespaces",
        "401, does not accept the operator's credentials",
        "500, answered 500",
    })
    void whatIsMissingIsSaidAndTheOperatorStartsWhenItIsThere(int code, String said) {
        server.expect().withPath(HERDS).andReturn(code, "{}").once();
        server.expect().withPath(SERVICES).andReturn(200, emptyList()).always();
        StartupCheck check = new StartupCheck(client, Set.of(), List.of(ServerHerd.class, Service.class));

        CompletableFuture<Void> started = startWith(check);

        await().until(() -> check.problem().filter(p -> p.contains(said)).isPresent());
        assertThat(started).isNotDone();
        server.expect().withPath(HERDS).andReturn(200, emptyList()).always();
        await().until(started::isDone);
        assertThat(check.problem()).isEmpty();
    }

    @Test
    void everyWatchedNamespaceIsLookedAt() {
        server.expect()
                .withPath("/api/v1/namespaces/a/services?limit=1")
                .andReturn(200, emptyList())
                .always();
        server.expect()
                .withPath("/api/v1/namespaces/b/services?limit=1")
                .andReturn(403, "{}")
                .always();
        StartupCheck check = new StartupCheck(client, new TreeSet<>(Set.of("a", "b")), List.of(Service.class));

        startWith(check);

        await().until(() -> check.problem()
                .filter(p -> p.contains("may not list services in namespaces [a, b]"))
                .isPresent());
    }

    @Test
    void anApiThatDoesNotAnswerIsNamed() {
        String url = client.getMasterUrl().toString();
        server.destroy();
        StartupCheck check = new StartupCheck(client, Set.of(), List.of(Service.class));

        startWith(check);

        await().untilAsserted(() -> assertThat(check.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("no answer", url, "KUBECONFIG")));
    }

    private CompletableFuture<Void> startWith(StartupCheck check) {
        CompletableFuture<Void> started = new CompletableFuture<>();
        starting = new Thread(() -> {
            try {
                check.await();
                started.complete(null);
            } catch (InterruptedException e) {
                started.completeExceptionally(e);
            }
        });
        starting.start();
        return started;
    }

    private static Object emptyList() {
        return new KubernetesListBuilder().withNewMetadata().endMetadata().build();
    }
}
