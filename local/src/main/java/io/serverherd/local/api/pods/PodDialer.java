package io.serverherd.local.api.pods;

import io.netty.channel.EventLoop;
import io.serverherd.local.api.PodRuntime;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Opens connections to one pod. */
final class PodDialer {

    private final String namespace;
    private final String pod;
    private final PodRuntime runtime;
    private final Executor lookups;

    PodDialer(String namespace, String pod, PodRuntime runtime, Executor lookups) {
        this.namespace = namespace;
        this.pod = pod;
        this.runtime = runtime;
        this.lookups = lookups;
    }

    /** What the pod sends and how the connection ends, told on the event loop it was dialled on. */
    PodConnection dial(EventLoop loop, int port, PodConnection.Listener listener) {
        PodConnection connection = new PodConnection(loop, listener);
        lookups.execute(() -> {
            Optional<InetSocketAddress> address = runtime.address(namespace, pod, port);
            loop.execute(() -> address.ifPresentOrElse(
                    found -> connection.connect(found, describe(port)),
                    () -> connection.fail(describe(port) + ": the pod has no address yet")));
        });
        return connection;
    }

    private String describe(int port) {
        return "error forwarding port %d to pod %s/%s".formatted(port, namespace, pod);
    }
}
