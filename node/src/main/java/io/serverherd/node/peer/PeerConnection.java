package io.serverherd.node.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.serverherd.node.net.FlushQueue;
import io.serverherd.node.net.LineReader;
import io.serverherd.node.net.OwnBuffers;
import io.serverherd.node.protocol.LineBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A TCP connection between two servers. What is sent in a loop pass leaves in one write at its end. */
final class PeerConnection extends ChannelInboundHandlerAdapter
        implements PeerSocket, LineReader.Sink, FlushQueue.Flushable {
    /** Longer than any record of a client's longest line, 1 MiB, whatever the neighbour's limit is. */
    private static final int LINE_BYTES = (1 << 20) + 1_024;

    /**
     * More than this is written within a loop pass: the channel has to know how far the neighbour is behind, and an array
     * of 64 KiB that is used again and again stays near the processor.
     */
    private static final int WRITE_AT = (1 << 16) - 1_024;

    /** A hello is shorter. */
    private static final int HELLO_BYTES = 1_024;

    /** Of what an exception says; some repeat all that has come. */
    private static final int EXCERPT = 200;

    /** How long a closed connection may take to send its last bytes, in milliseconds. */
    private static final int FLUSH_TIMEOUT = 1_000;

    private static final Listener NOBODY = new Listener() {
        @Override
        public String name() {
            return "nobody";
        }

        @Override
        public void line(byte[] buf, int from, int to) {}

        @Override
        public void received() {}

        @Override
        public void writable() {}

        @Override
        public void closed(String why) {}
    };

    private final PeerPort port;
    private final LineReader reader;
    private final LineBuffer out = new LineBuffer(1 << 12);
    private ChannelHandlerContext context;
    private Listener listener = NOBODY;
    private String name = "";
    private Optional<String> proven = Optional.empty();
    private boolean flushQueued;
    private boolean closed;
    /** Whoever is at the other end has said who it is. */
    private boolean introduced;
    /** Bytes that came before that. */
    private int strange;

    private String why = "the neighbour closed it";

    PeerConnection(PeerPort port) {
        this.port = port;
        this.reader = new LineReader(port.io().scratch());
    }

    /** The other end has proved by TLS that it is this server. */
    void proven(String server) {
        proven = Optional.of(server);
    }

    @Override
    public Optional<String> proven() {
        return proven;
    }

    ByteBufAllocator allocator() {
        return context.alloc();
    }

    /** Has TLS between this and the socket. */
    void encrypt(SslHandler tls) {
        tls.setCloseNotifyFlushTimeoutMillis(FLUSH_TIMEOUT);
        context.pipeline()
                .addBefore(context.name(), "own-buffers", new OwnBuffers())
                .addBefore(context.name(), "tls", tls);
    }

    @Override
    public void listener(Listener listener) {
        this.listener = listener;
        name = listener.name();
    }

    @Override
    public LineBuffer out() {
        return out;
    }

    @Override
    public void flushLater() {
        if (out.length() >= WRITE_AT) {
            write();
        } else if (!flushQueued) {
            flushQueued = true;
            port.io().flushQueue().add(this);
        }
    }

    @Override
    public boolean writable() {
        return context.channel().isWritable();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            listener = NOBODY;
            write();
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            // A neighbour that does not read would keep the connection open for as long as it likes.
            port.io().loop().schedule(() -> context.close(), FLUSH_TIMEOUT, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void flush() {
        flushQueued = false;
        write();
    }

    private void write() {
        if (out.isEmpty()) {
            return;
        }
        if (port.messages().on()) {
            logSent();
        }
        port.counters().peerBytesOut += out.length();
        port.io().writer().writeAndFlush(context, out);
    }

    private void logSent() {
        byte[] buf = out.array();
        for (int from = 0, to = 0; to < out.length(); to++) {
            if (buf[to] == '\n') {
                port.messages().sent(name, buf, from, to - from);
                from = to + 1;
            }
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        port.io().readBuffers().attach(ctx.channel());
        port.opened(ctx.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            port.counters().peerBytesIn += in.readableBytes();
            if (!closed) {
                listener.received();
                strange += introduced ? 0 : in.readableBytes();
                reader.read(in, LINE_BYTES, this);
                if (!introduced && strange > HELLO_BYTES) {
                    fail("no line within its first " + HELLO_BYTES + " bytes");
                }
            }
        } finally {
            in.release();
        }
    }

    @Override
    public boolean line(byte[] buf, int from, int to) {
        introduced = true;
        if (port.messages().on()) {
            port.messages().received(name, buf, from, to - from);
        }
        listener.line(buf, from, to);
        return !closed;
    }

    @Override
    public void tooLong(byte[] buf, int from, int to) {
        fail("a line longer than " + LINE_BYTES + " bytes came");
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            listener.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closed = true;
        reader.discard();
        listener.closed(why);
        listener = NOBODY;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        String said = String.valueOf(cause);
        fail(said.substring(0, Math.min(said.length(), EXCERPT)));
    }

    private void fail(String reason) {
        why = reason;
        context.close();
    }
}
