package io.serverherd.node.herd;

import java.time.Instant;
import java.util.List;

/**
 * What a server says of itself at one moment.
 *
 * @param peers      the configured neighbours, in the configuration's order
 * @param clients    clients whose location is known
 * @param digest     16 hexadecimal digits, the same on all servers that hold the same records
 * @param reconciled whether records were reconciled with at least one neighbour since the start
 */
public record HerdSnapshot(List<Peer> peers, int clients, String digest, boolean reconciled) {
    public HerdSnapshot {
        peers = List.copyOf(peers);
    }

    /**
     * One edge, seen from this end.
     *
     * @param connected the greeting is done: records flow
     * @param since     when {@code connected} became what it is
     * @param tls       whether the link has TLS; false while not connected
     */
    public record Peer(String server, boolean connected, Instant since, boolean tls) {}
}
