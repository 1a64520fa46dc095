package io.serverherd.local.api.pods;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;

/**
 * Port-forward as the client library speaks it: the first byte of each message is its channel, 0 for data and 1 for the
 * error; the first message on each channel tells the port, two bytes, low one first. The client cannot end its direction
 * alone.
 */
final class ChannelForward extends SimpleChannelInboundHandler<ByteBuf> implements PodConnection.Listener {

    private static final int DATA = 0;
    private static final int ERROR = 1;

    private final PodDialer dialer;
    private final int port;
    private ChannelHandlerContext context;
    private PodConnection connection;

    ChannelForward(PodDialer dialer, int port) {
        this.dialer = dialer;
        this.port = port;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        for (int channel : new int[] {DATA, ERROR}) {
            context.writeAndFlush(message(channel, Unpooled.buffer(Short.BYTES).writeShortLE(port)));
        }
        connection = dialer.dial(context.channel().eventLoop(), port, this);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext unused, ByteBuf message) {
        if (message.isReadable() && message.readByte() == DATA && message.isReadable()) {
            connection.send(message.retain());
            context.channel().config().setAutoRead(!connection.congested());
        }
    }

    @Override
    public void received(ByteBuf bytes) {
        context.writeAndFlush(message(DATA, bytes));
    }

    @Override
    public void ended() {
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> context.close());
    }

    @Override
    public void failed(String why) {
        context.writeAndFlush(message(ERROR, Unpooled.copiedBuffer(why, StandardCharsets.UTF_8)))
                .addListener(sent -> context.close());
    }

    @Override
    public void drained() {
        context.channel().config().setAutoRead(!connection.congested());
    }

    @Override
    public boolean ready() {
        return context.channel().isWritable();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        if (changed.channel().isWritable()) {
            connection.resume();
        }
        changed.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext closed) {
        connection.close();
        closed.fireChannelInactive();
    }

    private static ByteBuf message(int channel, ByteBuf content) {
        return Unpooled.wrappedBuffer(Unpooled.buffer(1).writeByte(channel), content);
    }
}
