package io.serverherd.node.config;

/**
 * What one server bears.
 *
 * @param lineBytes     longest line a client may send, in bytes, without its terminator
 * @param connections   client connections open at one time
 * @param connectionsPerAddress of them, from one IP address
 * @param clients       clients whose record is kept; beyond, those with the oldest records are forgotten
 * @param futureSeconds how far a report's time stamp may lie ahead of this server's clock, in seconds
 */
public record Limits(int lineBytes, int connections, int connectionsPerAddress, int clients, long futureSeconds) {
    public static final Limits DEFAULT = new Limits(16_384, 10_000, 1_000_000, 1_000_000, 86_400);
}
