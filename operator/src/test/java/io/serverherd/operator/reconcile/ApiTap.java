package io.serverherd.operator.reconcile;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Between the operator and the API: notes every write, has chosen ones refused, and lets things happen before others. */
final class ApiTap implements Interceptor, AutoCloseable {
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
    private final Map<String, Runnable> happenings = new ConcurrentHashMap<>();
    private final HttpServer refuser;

    private record Refusal(int code, int times) {}

    ApiTap() throws IOException {
        refuser = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        refuser.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            int code = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
            byte[] body = """
                    {"kind":"Status","apiVersion":"v1","status":"Failure","code":%d,"message":"refused by the test"}""".formatted(code).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(code, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        refuser.start();
    }

    /** Goes through here, and tries nothing twice. Its user closes it. */
    KubernetesClient client(String apiUrl) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl(apiUrl)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("tap", this))
                .build();
    }

    /** Writes to a path that ends so get this answer, as many times. */
    void refuse(String pathEnd, int code, int times) {
        refusals.put(pathEnd, new Refusal(code, times));
    }

    /** Happens just before the next write to a path that ends so. */
    void beforeNext(String pathEnd, Runnable what) {
        happenings.put(pathEnd, what);
    }

    void refuseNothing() {
        refusals.clear();
    }

    /** Such as {@code PATCH /api/v1/namespaces/default/services/h}. */
    List<String> writes() {
        return writes;
    }

    /** Without the herds' own status and events. */
    List<String> objectWrites() {
        return writes.stream()
                .filter(write -> !write.endsWith("/status") && !write.contains("/events"))
                .toList();
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        String path = request.uri().getPath();
        // What may be done is asked by POST, and changes nothing.
        if (request.method().equals("GET") || path.endsWith("accessreviews")) {
            return;
        }
        writes.add(request.method() + " " + path);
        happenings.keySet().stream().filter(path::endsWith).toList().forEach(pathEnd -> happenings
                .remove(pathEnd)
                .run());
        refusals.forEach((pathEnd, refusal) -> {
            if (path.endsWith(pathEnd) && refusal.times() > 0) {
                refusals.put(pathEnd, new Refusal(refusal.code(), refusal.times() - 1));
                builder.uri(
                        URI.create("http://127.0.0.1:" + refuser.getAddress().getPort() + "/" + refusal.code()));
            }
        });
    }

    @Override
    public void close() {
        refuser.stop(0);
    }
}
