package io.serverherd.local.api;

import java.io.IOException;
import java.nio.file.Path;

/** A Kubernetes-shaped API server on loopback. Started by {@link #start}; serving when that returns. */
public final class ApiServer implements AutoCloseable {

    private final String url;

    private ApiServer(String url) {
        this.url = url;
    }

    /** @throws IOException when the port cannot be had */
    public static ApiServer start(ApiServerOptions options) throws IOException {
        throw new IOException("port " + options.port() + ": not serving yet");
    }

    /** Base address of the API, such as {@code http://127.0.0.1:16001}. */
    public String url() {
        return url;
    }

    /** Writes a kubeconfig whose only context is this server. */
    public void writeKubeconfig(Path file) throws IOException {
        throw new IOException(file + ": not serving yet");
    }

    @Override
    public void close() {}
}
