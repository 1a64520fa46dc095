package io.serverherd.local.api;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.serverherd.local.api.admission.Admission;
import io.serverherd.local.api.discovery.AggregatedDiscovery;
import io.serverherd.local.api.discovery.Discovery;
import io.serverherd.local.api.discovery.OpenApi;
import io.serverherd.local.api.gc.ChangeWorker;
import io.serverherd.local.api.gc.Cleanup;
import io.serverherd.local.api.gc.DefinitionReaper;
import io.serverherd.local.api.gc.NamespaceReaper;
import io.serverherd.local.api.gc.OwnerCollector;
import io.serverherd.local.api.http.HttpFront;
import io.serverherd.local.api.json.Json;
import io.serverherd.local.api.kind.ResourceType;
import io.serverherd.local.api.kind.TypeRegistry;
import io.serverherd.local.api.pods.PodRoutes;
import io.serverherd.local.api.store.ObjectStore;
import io.serverherd.local.api.verb.Deleting;
import io.serverherd.local.api.verb.Reading;
import io.serverherd.local.api.verb.Scaling;
import io.serverherd.local.api.verb.Target;
import io.serverherd.local.api.verb.Writing;
import io.serverherd.local.api.watch.Watches;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A Kubernetes-shaped API server on loopback, for kubectl, client libraries and operators, without authentication.
 * Started by {@link #start}; serving when that returns. Wiring only.
 *
 * <pre>
 * http ─ request ─▶ ApiRouter ─▶ discovery
 *                       └──────▶ ObjectRoutes ─▶ verb ─▶ admission, schema, patch ─▶ store ─ changes ─▶ watch, gc
 *                                      └───────▶ pods ─▶ PodRuntime
 * </pre>
 */
public final class ApiServer implements AutoCloseable {

    private final HttpFront front;
    private final WriteCount writes;
    private final ScheduledExecutorService timer;
    private final ChangeWorker cleaners;
    private final String host;

    private ApiServer(
            HttpFront front, WriteCount writes, ScheduledExecutorService timer, ChangeWorker cleaners, String host) {
        this.front = front;
        this.writes = writes;
        this.timer = timer;
        this.cleaners = cleaners;
        this.host = host;
    }

    /** @throws IOException when the port cannot be had */
    public static ApiServer start(ApiServerOptions options) throws IOException {
        Clock clock = Clock.systemUTC();
        ObjectStore store = new ObjectStore();
        TypeRegistry types = new TypeRegistry(store);
        Reading reading = new Reading(store);
        ResourceType storageClasses = types.builtIn("storage.k8s.io", "storageclasses");
        Admission admission = new Admission(new StoredStorageClasses(store, storageClasses), clock);
        Writing writing = new Writing(store, types, admission, clock);
        Deleting deleting = new Deleting(store, clock);
        createNamespaces(types, writing);
        StoredStorageClasses.create(storageClasses, writing);
        ScheduledExecutorService timer =
                Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("api-timer", true));
        ObjectRoutes objects = new ObjectRoutes(
                types,
                reading,
                writing,
                deleting,
                new Scaling(store, writing),
                new Watches(store, timer, clock),
                new PodRoutes(reading, options.pods(), timer),
                new AccessControl(types, reading, options.rules()),
                clock);
        Cleanup cleanup = new Cleanup(store, types, writing, deleting);
        ChangeWorker cleaners = new ChangeWorker(
                store,
                List.of(new OwnerCollector(cleanup), new NamespaceReaper(cleanup), new DefinitionReaper(cleanup)));
        WriteCount api = new WriteCount(
                new ApiRouter(new Discovery(types), new AggregatedDiscovery(types), new OpenApi(types), objects));
        HttpFront front = HttpFront.listen(new InetSocketAddress(options.host(), options.port()), api);
        return new ApiServer(front, api, timer, cleaners, options.host());
    }

    private static void createNamespaces(TypeRegistry types, Writing writing) {
        ResourceType namespaces = types.builtIn("", "namespaces");
        for (String name : List.of("default", "kube-system")) {
            writing.create(new Target(namespaces, "", name, ""), Json.object());
        }
    }

    /** Base address of the API, such as {@code http://127.0.0.1:16001}. */
    public String url() {
        return "http://" + host + ":" + front.address().getPort();
    }

    /** Requests so far that asked for a change, whether or not one came of it. */
    public long writes() {
        return writes.writes();
    }

    /** Writes a kubeconfig whose only context is this server. */
    public void writeKubeconfig(Path file) throws IOException {
        Kubeconfig.write(file, url());
    }

    @Override
    public void close() {
        timer.shutdownNow();
        cleaners.close();
        front.close();
    }
}
