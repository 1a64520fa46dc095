package io.serverherd.node.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.serverherd.node.tls.ClientTls;
import io.serverherd.node.tls.ClientTlsHandler;
import io.serverherd.node.tls.Refusal;
import io.serverherd.node.tls.RefusedConnectionException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;

/**
 * Stands before a client until it has come through its TLS handshake; the client hears nothing until then.
 *
 * <pre>
 * TlsDoor ─▶ first byte is TLS' ─▶ handshake ─▶ certificate, where one is asked for ─▶ this is gone
 *              └───────────────────────┴──────────────────┴─▶ refused, after 5 s at the latest: closed
 * </pre>
 */
final class ClientHandshake extends ChannelInboundHandlerAdapter {
    /** In milliseconds, from the moment when the connection is accepted. */
    private static final int TIMEOUT = 5_000;

    /** How long the last bytes of a connection that is closed may take, in milliseconds. */
    private static final int FLUSH_TIMEOUT = 1_000;

    private final ClientHandshakes handshakes;
    private final ClientTls tls;
    private final ClientConnection client;
    private final EndOfInput end = new EndOfInput();
    private ChannelHandlerContext context;
    private ScheduledFuture<?> timeout;
    private ClientTlsHandler handler;
    private boolean refused;

    ClientHandshake(ClientHandshakes handshakes, ClientTls tls, ClientConnection client) {
        this.handshakes = handshakes;
        this.tls = tls;
        this.client = client;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        timeout = ctx.executor()
                .schedule(
                        () -> refuse(Refusal.HANDSHAKE_TIMEOUT, Refusal.HANDSHAKE_TIMEOUT.why()),
                        TIMEOUT,
                        TimeUnit.MILLISECONDS);
        handshakes.begun(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        timeout.cancel(false);
        handshakes.ended(this);
    }

    /** The first byte has come. Returns whether it is to be looked at. */
    boolean begins(boolean withTls) {
        if (!withTls) {
            refuse(Refusal.PLAIN, Refusal.PLAIN.why());
            return false;
        }
        handler = tls.newHandler(context.alloc(), handshakes.threads());
        handler.setHandshakeTimeoutMillis(0);
        handler.setCloseNotifyFlushTimeoutMillis(FLUSH_TIMEOUT);
        context.pipeline()
                .addBefore(context.name(), "end", end)
                .addBefore(context.name(), "own-buffers", new OwnBuffers())
                .addBefore(context.name(), "tls", handler);
        return true;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent completed) {
            completed(completed);
        } else if (event instanceof ChannelInputShutdownEvent) {
            // It has gone before it said anything.
            ctx.close();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    /** It is here only until the handshake has gone well: what comes through nevertheless is of one who was refused. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    private void completed(SslHandshakeCompletionEvent handshake) {
        if (handshake.cause() instanceof ClosedChannelException) {
            return;
        }
        try {
            if (!handshake.isSuccess()) {
                throw RefusedConnectionException.of(handshake.cause());
            }
            tls.check(handler.engine().getSession());
            through();
        } catch (RefusedConnectionException e) {
            refuse(e.reason(), e.getMessage());
        }
    }

    private void through() {
        client.encrypted(handler);
        context.pipeline().remove(this);
        // Behind what has come with the end of the handshake.
        context.executor().execute(end::pass);
    }

    private void refuse(Refusal reason, String why) {
        // To be closed in a handshake fails it, too.
        if (!refused) {
            refused = true;
            handshakes.refused(context.channel(), reason, why);
            context.close();
        }
    }

    /** To a newer one. */
    void giveWay() {
        refuse(Refusal.TOO_MANY, Refusal.TOO_MANY.why());
    }

    /** Closes the connection, which is nobody's fault. */
    void abandon() {
        refused = true;
        context.close();
    }

    /**
     * Holds back the end of the input until the handshake is done: what came before it waits for the handshake's threads,
     * and would be given up with it.
     */
    private static final class EndOfInput extends ChannelInboundHandlerAdapter {
        private ChannelHandlerContext context;
        private Object held;

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            context = ctx;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                held = event;
            } else {
                ctx.fireUserEventTriggered(event);
            }
        }

        void pass() {
            if (held != null) {
                context.fireUserEventTriggered(held);
            }
            context.pipeline().remove(this);
        }
    }
}
