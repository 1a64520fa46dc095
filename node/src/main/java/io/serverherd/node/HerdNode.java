package io.serverherd.node;

import io.netty.channel.EventLoop;
import io.serverherd.node.config.HerdConfig;
import io.serverherd.node.log.MessageLog;
import io.serverherd.node.metrics.Counters;
import io.serverherd.node.net.Transport;
import io.serverherd.node.places.Places;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;

/** A running server: the client port, the links to the neighbours and the records, on one event loop. */
public final class HerdNode {
    private HerdNode() {}

    /**
     * Opens both ports and begins to dial neighbours.
     *
     * @param loop made by {@code transport}; everything of the server that is not thread-safe runs on it
     * @throws IOException when a port can't be opened; the message says which
     */
    public static HerdNode start(
            Transport transport,
            EventLoop loop,
            String herd,
            String server,
            InetSocketAddress clientAddress,
            InetSocketAddress peerAddress,
            HerdConfig config,
            Places places,
            Counters counters,
            MessageLog messages)
            throws IOException {
        throw new IOException("not here yet");
    }

    /** Where clients connect: the real port where 0 was asked for. */
    public InetSocketAddress clientAddress() {
        throw new UnsupportedOperationException();
    }

    public InetSocketAddress peerAddress() {
        throw new UnsupportedOperationException();
    }

    /** Puts a configuration in force: new links are opened, removed ones closed, all others keep their socket. */
    public void apply(HerdConfig config) {
        throw new UnsupportedOperationException();
    }

    public CompletionStage<HerdSnapshot> snapshot() {
        throw new UnsupportedOperationException();
    }

    /** Stops accepting, answers what is owed, flushes the links. Done within 5 s; the loop is left running. */
    public CompletionStage<Void> stop() {
        throw new UnsupportedOperationException();
    }
}
