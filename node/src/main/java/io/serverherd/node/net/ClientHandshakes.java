package io.serverherd.node.net;

import io.netty.channel.Channel;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.serverherd.node.metrics.Counters;
import io.serverherd.node.tls.ClientTls;
import io.serverherd.node.tls.LiveClientCredentials;
import io.serverherd.node.tls.Refusal;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS handshakes of clients, with the credentials in force when they connect. Event loop only, but for signatures:
 * they take a millisecond, and are made on threads of their own.
 */
final class ClientHandshakes {
    private static final Logger log = LoggerFactory.getLogger(ClientHandshakes.class);
    private static final int THREADS = 2;
    /**
     * Handshakes under way, at most: each has buffers and keys, and whoever begins one shows nothing for it. Above, the oldest
     * makes room: those that end well take some milliseconds.
     */
    private static final int UNDER_WAY = 512;

    /** What a client that is through takes of the heap, in bytes: 18 KB when idle, measured. */
    private static final int HEAP = 20 << 10;

    /** Of the heap so much is theirs: half is for records. */
    private static final int SHARE = 4;

    private final LiveClientCredentials credentials;
    private final Counters counters;
    private final ExecutorService threads =
            Executors.newFixedThreadPool(THREADS, new DefaultThreadFactory("client-tls", true));
    private final Set<ClientHandshake> underWay = new LinkedHashSet<>();

    ClientHandshakes(LiveClientCredentials credentials, Counters counters) {
        this.credentials = credentials;
        this.counters = counters;
    }

    /** What to speak TLS with now; empty, and the client is refused, while there is nothing. */
    Optional<ClientTls> inForce(Channel client) {
        LiveClientCredentials.State<ClientTls> state = credentials.state();
        if (state.tls().isEmpty()) {
            refused(client, Refusal.NO_CREDENTIALS, state.problem());
        }
        return state.tls();
    }

    void refused(Channel client, Refusal reason, String why) {
        counters.clientRefused(reason);
        log.atInfo()
                .addKeyValue("client", NetUtil.toSocketAddressString((InetSocketAddress) client.remoteAddress()))
                .addKeyValue("why", why)
                .log("client.refused");
    }

    Executor threads() {
        return threads;
    }

    /** How many clients with TLS the heap has room for. */
    static long room() {
        return Runtime.getRuntime().maxMemory() / SHARE / HEAP;
    }

    void begun(ClientHandshake handshake) {
        if (underWay.size() >= UNDER_WAY) {
            underWay.iterator().next().giveWay();
        }
        underWay.add(handshake);
    }

    void ended(ClientHandshake handshake) {
        underWay.remove(handshake);
    }

    /** The server stops: nothing is owed to those that are not through yet. */
    void stop() {
        Set.copyOf(underWay).forEach(ClientHandshake::abandon);
        threads.shutdown();
    }
}
