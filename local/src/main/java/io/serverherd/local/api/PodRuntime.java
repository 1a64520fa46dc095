package io.serverherd.local.api;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the API server asks of whatever runs the pods: where a container's log is, and where a pod's port really listens.
 * Both are asked on a worker thread and may touch the disk.
 */
public interface PodRuntime {

    /** The runtime of a server that runs no pods: no logs, no ports. */
    PodRuntime NONE = new PodRuntime() {
        @Override
        public Optional<Path> log(String namespace, String pod, String container, boolean previous) {
            return Optional.empty();
        }

        @Override
        public Optional<InetSocketAddress> address(String namespace, String pod, int port) {
            return Optional.empty();
        }
    };

    /**
     * The file a container's output goes to; it may still grow.
     *
     * @param previous the run before the last restart instead of the present one
     * @return empty when the container has not run (or not restarted) yet
     */
    Optional<Path> log(String namespace, String pod, String container, boolean previous);

    /**
     * Where a connection to a port of a pod goes.
     *
     * @return empty when no such pod runs
     */
    Optional<InetSocketAddress> address(String namespace, String pod, int port);
}
