package io.serverherd.node.peer;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.serverherd.node.tls.LivePeerCredentials;
import io.serverherd.node.tls.PeerTls;
import io.serverherd.node.tls.Refusal;
import io.serverherd.node.tls.RefusedConnectionException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The TLS handshakes of both ends, with the credentials in force when they begin. Signatures take a millisecond: they are
 * made on threads of their own.
 */
final class Handshakes {
    /** What comes of one. One of the three is called, once, on the event loop. */
    interface Outcome {
        void proven(String server);

        /** The connection is to be closed, if it isn't. */
        void refused(Refusal reason, String why);

        /** The connection is gone. */
        void lost();
    }

    private static final int THREADS = 2;

    private final Optional<LivePeerCredentials> credentials;
    private final ExecutorService threads =
            Executors.newFixedThreadPool(THREADS, new DefaultThreadFactory("tls", true));

    /** @param credentials empty: this server is never to have any */
    Handshakes(Optional<LivePeerCredentials> credentials) {
        this.credentials = credentials;
    }

    /** Whether this server has credentials, or is to have some. */
    boolean expected() {
        return credentials.isPresent();
    }

    /** At the end that was dialled: how long it may take is seen to there. */
    void accept(PeerConnection connection, Outcome outcome) {
        begin(connection, outcome, PeerTls::newAccepting, 0);
    }

    /** At the end that has dialled. */
    void dial(PeerConnection connection, Outcome outcome) {
        begin(connection, outcome, PeerTls::newDialling, PeerLink.GREETING_TIMEOUT);
    }

    /** One end's part of a handshake. */
    private interface End {
        SslHandler of(PeerTls tls, ByteBufAllocator allocator, Executor threads);
    }

    /** @param timeout in milliseconds; 0: none */
    private void begin(PeerConnection connection, Outcome outcome, End end, long timeout) {
        Optional<PeerTls> inForce = credentials.flatMap(live -> live.state().tls());
        if (inForce.isEmpty()) {
            outcome.refused(Refusal.NO_CREDENTIALS, Refusal.NO_CREDENTIALS.why());
            return;
        }
        PeerTls tls = inForce.get();
        SslHandler handler = end.of(tls, connection.allocator(), threads);
        handler.setHandshakeTimeoutMillis(timeout);
        handler.handshakeFuture().addListener(done -> ended(done, connection, tls, handler, outcome));
        connection.encrypt(handler);
    }

    private static void ended(
            Future<?> handshake, PeerConnection connection, PeerTls tls, SslHandler handler, Outcome outcome) {
        if (handshake.cause() instanceof ClosedChannelException) {
            outcome.lost();
            return;
        }
        try {
            if (!handshake.isSuccess()) {
                throw RefusedConnectionException.of(handshake.cause());
            }
            String server = tls.peer(handler.engine().getSession());
            connection.proven(server);
            outcome.proven(server);
        } catch (RefusedConnectionException e) {
            outcome.refused(e.reason(), e.getMessage());
        }
    }

    void stop() {
        threads.shutdown();
    }
}
