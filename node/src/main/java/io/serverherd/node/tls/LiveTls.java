package io.serverherd.node.tls;

import java.util.Optional;

/**
 * What a server has of TLS.
 *
 * @param peers   empty: no credentials for links, ever
 * @param clients empty: clients are without TLS
 */
public record LiveTls(Optional<LivePeerCredentials> peers, Optional<LiveClientCredentials> clients) {
    public static final LiveTls NONE = new LiveTls(Optional.empty(), Optional.empty());
}
