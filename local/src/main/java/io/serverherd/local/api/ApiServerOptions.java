package io.serverherd.local.api;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * How to start an {@link ApiServer}.
 *
 * @param host a loopback address or name: the server has no authentication, so it listens nowhere else
 * @param port 0 picks a free port
 */
public record ApiServerOptions(String host, int port, PodRuntime pods, Access.Rules rules) {

    public ApiServerOptions(String host, int port, PodRuntime pods) {
        this(host, port, pods, Access.Rules.none());
    }

    public ApiServerOptions {
        if (!isLoopback(host)) {
            throw new IllegalArgumentException(
                    "API server host \"%s\": the server has no authentication; use a loopback address".formatted(host));
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("API server port %d: must be 0–65535".formatted(port));
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("API server host \"%s\": unknown host".formatted(host), e);
        }
    }
}
