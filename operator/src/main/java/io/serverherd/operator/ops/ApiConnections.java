package io.serverherd.operator.ops;

import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.http.HttpClient;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Connections to the API server that notice when its machine, or the way there, went without a word. The client's own wait
 * for TCP to give up: a watch for up to ten minutes, a shared connection of requests for a quarter of an hour.
 */
public final class ApiConnections extends JdkHttpClientFactory {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "watch-pings");
        thread.setDaemon(true);
        return thread;
    });

    /** The builder is told everything else by the framework; only what it builds is another. */
    @Override
    protected HttpClient.Builder createNewHttpClientBuilder() {
        HttpClient.Builder builder = super.createNewHttpClientBuilder();
        return (HttpClient.Builder) Proxy.newProxyInstance(
                HttpClient.Builder.class.getClassLoader(),
                new Class<?>[] {HttpClient.Builder.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("build")) {
                        return new RenewedHttpClient(builder::build, timer);
                    }
                    try {
                        method.invoke(builder, arguments);
                        return proxy;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
