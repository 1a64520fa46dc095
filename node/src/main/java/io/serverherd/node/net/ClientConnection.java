package io.serverherd.node.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.NetUtil;
import io.serverherd.node.protocol.LineBuffer;
import io.serverherd.node.tls.ClientTlsHandler;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client. Its lines are answered as they come; replies that wait for Places hold back those behind them. It is not
 * read from while it owes reading or is owed too much, and closed when all is answered after its last line.
 *
 * <pre>
 * open ──▶ last line in: half-closed by the client, too long a line, or the server stops
 *            └─▶ all answered and flushed ─▶ closed                      where the client has closed its side
 *                                         └▶ lingering ─▶ closed         otherwise: closing with bytes unread would
 *                                                                        reset the connection and lose the replies
 * </pre>
 */
final class ClientConnection extends ChannelInboundHandlerAdapter implements LineReader.Sink, FlushQueue.Flushable {
    private static final Logger log = LoggerFactory.getLogger(ClientConnection.class);

    /** Held for one client beyond this many bytes, or waiting for Places with this many requests: its lines wait. */
    private static final int HELD_BYTES = 1 << 18;

    private static final int WAITING = 32;

    /** How long to wait for the client to close, in milliseconds, after all is said. */
    private static final int LINGER = 1_000;

    private final ClientServer clients;
    private final LineReader reader;
    private ChannelHandlerContext context;
    /** Null while nothing waits for Places. */
    private ReplyQueue owed;

    private boolean flushQueued;
    /** Lines are kept unanswered until less is owed. */
    private boolean parked;
    /** The client has closed its side. */
    private boolean inputEnded;
    /** No line is answered any more. */
    private boolean finishing;

    /** The last bytes are on their way. */
    private boolean closing;
    /** They are out, and what the client still sends is dropped until it closes. */
    private boolean lingering;

    /** The client's side was closed without the word by which TLS tells that nothing was cut off. */
    private boolean cutOff;

    /** Null while there is no TLS. */
    private ClientTlsHandler tls;

    /** So many looks in a row found the same line unfinished. */
    private int looksAtLine;

    private InetSocketAddress remote;
    private String address = "";

    ClientConnection(ClientServer clients) {
        this.clients = clients;
        this.reader = new LineReader(clients.io().scratch());
    }

    /** What comes from here on has come through this. */
    void encrypted(ClientTlsHandler handler) {
        tls = handler;
    }

    /** For the log. */
    String address() {
        return address;
    }

    /** Where the reply to the line at hand goes. */
    LineBuffer replies() {
        return owed == null ? clients.out() : owed.tail();
    }

    /** Holds back all replies from here on until the answer comes, which is to be given to what this returns. */
    Consumer<byte[]> expectPlaces(LineBuffer at) {
        if (owed == null) {
            owed = new ReplyQueue();
        }
        ReplyQueue.Pending pending = owed.add(at);
        return answer -> {
            pending.answered(answer);
            clients.logSent(this, at, answer);
            flushLater();
        };
    }

    /** Called now and then: closes a connection whose client takes too many looks long to finish a line. */
    void lookAtLine(int looks) {
        boolean unfinished = reader.inLine() || tls != null && tls.inRecord();
        boolean waits = unfinished && context.channel().config().isAutoRead() && !finishing;
        looksAtLine = waits ? looksAtLine + 1 : 0;
        if (looksAtLine > looks) {
            clients.counters().clientsClosedUnfinished++;
            log.atWarn().addKeyValue("client", address).log("client.closed-unfinished");
            context.close();
        }
    }

    /** The server stops: answers the lines that have come, and closes. */
    void finish() {
        endLines();
        flushLater();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        clients.io().readBuffers().attach(ctx.channel());
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        remote = (InetSocketAddress) ctx.channel().remoteAddress();
        address = NetUtil.toSocketAddressString(remote);
        clients.opened(this, remote.getAddress());
        log.atInfo().addKeyValue("client", address).log("client.connected");
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        finishing = true;
        closing = true;
        owed = null;
        reader.discard();
        clients.closed(this, remote.getAddress());
        log.atInfo().addKeyValue("client", address).log("client.disconnected");
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            clients.counters().clientBytesIn += in.readableBytes();
            if (parked) {
                reader.keep(in);
            } else if (!finishing) {
                clients.server().received();
                reader.read(in, clients.lineBytes(), this);
            }
        } finally {
            in.release();
        }
    }

    @Override
    public boolean line(byte[] buf, int from, int to) {
        looksAtLine = 0;
        clients.server().answer(buf, from, to, this);
        parked = owedTooMuch();
        return !parked;
    }

    @Override
    public void tooLong(byte[] buf, int from, int to) {
        finishing = true;
        clients.server().tooLong(buf, from, to, this);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        flush();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == SslCloseCompletionEvent.SUCCESS || event instanceof ChannelInputShutdownEvent && !inputEnded) {
            cutOff = tls != null && event instanceof ChannelInputShutdownEvent;
            endInput();
        }
    }

    private void endInput() {
        inputEnded = true;
        if (lingering) {
            context.close();
        } else {
            clients.server().received();
            endLines();
            flush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        readOrNot();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        log.atDebug().addKeyValue("client", address).addKeyValue("error", cause).log("client.failed");
        ctx.close();
    }

    private void flushLater() {
        if (!flushQueued && !closing) {
            flushQueued = true;
            clients.io().flushQueue().add(this);
        }
    }

    /** Sends what is ready, goes on with parked lines, and closes when there is nothing more to come. */
    @Override
    public void flush() {
        flushQueued = false;
        LineBuffer out = clients.out();
        drain(out);
        if (parked && !owedTooMuch()) {
            parked = false;
            clients.server().received();
            reader.resume(clients.lineBytes(), this);
            endLines();
        }
        if (closing) {
            out.clear();
            return;
        }
        if (!out.isEmpty()) {
            clients.counters().clientBytesOut += out.length();
            clients.io().writer().writeAndFlush(context, out);
            clients.stalled().check(context.channel());
        }
        readOrNot();
        if (finishing && owed == null && !closing) {
            close();
        }
    }

    private void drain(LineBuffer out) {
        if (owed != null) {
            owed.drainTo(out);
            if (owed.isEmpty()) {
                owed = null;
            }
        }
    }

    /** No more lines will be answered, where that is so: at the end of the input an unterminated tail counts as one. */
    private void endLines() {
        if (parked || finishing || !inputEnded && !clients.stopping()) {
            return;
        }
        if (inputEnded) {
            if (!cutOff) {
                reader.end(this);
            }
            parked = false;
        }
        reader.discard();
        finishing = true;
    }

    private boolean owedTooMuch() {
        return owed != null && (owed.size() >= WAITING || owed.bytes() > HELD_BYTES);
    }

    private void readOrNot() {
        Channel channel = context.channel();
        boolean read = closing || !parked && channel.isWritable();
        if (channel.config().isAutoRead() != read) {
            channel.config().setAutoRead(read);
        }
    }

    private void close() {
        closing = true;
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> {
            if (inputEnded) {
                context.close();
            } else {
                linger();
            }
        });
    }

    private void linger() {
        Channel channel = context.channel();
        lingering = true;
        if (tls == null) {
            ((DuplexChannel) channel).shutdownOutput();
        } else {
            tls.closeOutbound().addListener(told -> ((DuplexChannel) channel).shutdownOutput());
        }
        channel.eventLoop().schedule(() -> channel.close(), LINGER, TimeUnit.MILLISECONDS);
    }
}
