package io.serverherd.local.api;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A fresh API server for each test, with the three kinds of client: the library, kubectl and plain HTTP. */
final class TestApi implements BeforeEachCallback, AfterEachCallback {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final PodRuntime pods;
    private final Access.Rules rules;
    private ApiServer server;
    private KubernetesClient client;
    private Path folder;

    TestApi() {
        this(PodRuntime.NONE);
    }

    TestApi(PodRuntime pods) {
        this(pods, Access.Rules.none());
    }

    TestApi(PodRuntime pods, Access.Rules rules) {
        this.pods = pods;
        this.rules = rules;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        server = ApiServer.start(new ApiServerOptions("127.0.0.1", 0, pods, rules));
        folder = Files.createTempDirectory("api-test");
        server.writeKubeconfig(folder.resolve("kubeconfig"));
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(server.url())
                .withNamespace("default")
                .build();
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        client.close();
        server.close();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    KubernetesClient client() {
        return client;
    }

    String url() {
        return server.url();
    }

    /** Skips the test, saying so, where there is no kubectl. */
    Kubectl kubectl() {
        return Kubectl.orSkip(folder);
    }

    HttpResponse<String> send(String method, String path, String contentType, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .version(HttpClient.Version.HTTP_1_1);
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send("GET", path, "", "");
    }

    ConfigMap createConfigMap(String name, Map<String, String> labels) {
        return client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .addToData("key", "value")
                        .build())
                .create();
    }

    /** Defines the kind Band, which has what custom resources can have. */
    void defineBands() {
        try (InputStream definition = TestApi.class.getResourceAsStream("/bands.yaml")) {
            client.load(definition).create();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
