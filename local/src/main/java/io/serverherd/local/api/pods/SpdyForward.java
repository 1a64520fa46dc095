package io.serverherd.local.api.pods;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Port-forward as kubectl speaks it. For each connection it opens two streams with the same {@code requestID}: one for
 * the error, if any, and one for the data. Windows are not kept: neither kubectl nor the kubelet keeps them, and Netty's
 * session handler, which does, would stall after 64 KiB.
 */
final class SpdyForward extends SimpleChannelInboundHandler<SpdyFrame> {

    private final PodDialer dialer;
    private final Map<Integer, Forwarded> byDataStream = new HashMap<>();
    private final Map<String, Integer> errorStreams = new HashMap<>();

    SpdyForward(PodDialer dialer) {
        this.dialer = dialer;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, SpdyFrame frame) {
        if (frame instanceof SpdySynStreamFrame stream) {
            open(context, stream);
        } else if (frame instanceof SpdyDataFrame data) {
            forward(context, data);
        } else if (frame instanceof SpdyRstStreamFrame reset) {
            close(reset.streamId());
        } else if (frame instanceof SpdyPingFrame ping) {
            context.writeAndFlush(new DefaultSpdyPingFrame(ping.id()));
        }
    }

    private void open(ChannelHandlerContext context, SpdySynStreamFrame stream) {
        String request = header(stream, "requestid");
        accept(context, stream.streamId(), request);
        if (header(stream, "streamtype").equals("error")) {
            errorStreams.put(request, stream.streamId());
            return;
        }
        Integer errorStream = errorStreams.remove(request);
        Forwarded forwarded =
                new Forwarded(context, stream.streamId(), errorStream == null ? stream.streamId() : errorStream);
        byDataStream.put(stream.streamId(), forwarded);
        forwarded.connection =
                dialer.dial(context.channel().eventLoop(), Integer.parseInt(header(stream, "port")), forwarded);
    }

    /** Without any header Netty leaves out the header block, which kubectl takes for a broken connection. */
    private static void accept(ChannelHandlerContext context, int streamId, String request) {
        DefaultSpdySynReplyFrame reply = new DefaultSpdySynReplyFrame(streamId);
        reply.headers().set("requestid", request);
        context.writeAndFlush(reply);
    }

    /** SPDY's header names are lower case. */
    private static String header(SpdySynStreamFrame stream, String name) {
        String value = stream.headers().getAsString(name);
        return value == null ? "" : value;
    }

    private void forward(ChannelHandlerContext context, SpdyDataFrame data) {
        Forwarded forwarded = byDataStream.get(data.streamId());
        if (forwarded == null) {
            return; // the end of an error stream, or late data of a closed one
        }
        if (data.content().isReadable()) {
            forwarded.connection.send(data.content().retain());
        }
        if (data.isLast()) {
            forwarded.connection.endOutput();
        }
        holdBack(context);
    }

    private void close(int streamId) {
        Forwarded forwarded = byDataStream.remove(streamId);
        if (forwarded != null) {
            forwarded.connection.close();
        }
    }

    /** All connections share one WebSocket: a pod that does not read holds it up, as on a real cluster. */
    private void holdBack(ChannelHandlerContext context) {
        boolean congested = byDataStream.values().stream().anyMatch(each -> each.connection.congested());
        context.channel().config().setAutoRead(!congested);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            byDataStream.values().forEach(forwarded -> forwarded.connection.resume());
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        byDataStream.values().forEach(forwarded -> forwarded.connection.close());
        byDataStream.clear();
        context.fireChannelInactive();
    }

    /** One forwarded connection. */
    private final class Forwarded implements PodConnection.Listener {

        private final ChannelHandlerContext context;
        private final int dataStream;
        private final int errorStream;
        private PodConnection connection;

        private Forwarded(ChannelHandlerContext context, int dataStream, int errorStream) {
            this.context = context;
            this.dataStream = dataStream;
            this.errorStream = errorStream;
        }

        @Override
        public void received(ByteBuf bytes) {
            context.writeAndFlush(new DefaultSpdyDataFrame(dataStream, bytes));
        }

        @Override
        public void ended() {
            finish(Unpooled.EMPTY_BUFFER);
        }

        @Override
        public void failed(String why) {
            finish(Unpooled.copiedBuffer(why, StandardCharsets.UTF_8));
        }

        /** kubectl waits for the ends of both streams. */
        private void finish(ByteBuf error) {
            byDataStream.remove(dataStream);
            context.write(new DefaultSpdyDataFrame(errorStream, error).setLast(true));
            context.writeAndFlush(new DefaultSpdyDataFrame(dataStream).setLast(true));
            holdBack(context);
        }

        @Override
        public void drained() {
            holdBack(context);
        }

        @Override
        public boolean ready() {
            return context.channel().isWritable();
        }
    }
}
