package io.serverherd.node.config;

/**
 * What one server bears.
 *
 * @param lineBytes     longest line a client may send, in bytes, without its terminator
 * @param connections   client connections open at one time
 * @param futureSeconds how far a report's time stamp may lie ahead of this server's clock, in seconds
 */
public record Limits(int lineBytes, int connections, long futureSeconds) {
    public static final Limits DEFAULT = new Limits(16_384, 10_000, 86_400);
}
