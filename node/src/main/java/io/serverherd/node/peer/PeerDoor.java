package io.serverherd.node.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.Consumer;

/** Tells by the first byte of an accepted connection whether it begins with TLS, and is gone then. */
final class PeerDoor extends ChannelInboundHandlerAdapter {
    /** The kind of TLS' first record. No line of ours begins so. */
    private static final byte HANDSHAKE = 0x16;

    private final Consumer<Boolean> begins;

    /** @param begins is told, before anything is done with the bytes: true is TLS */
    PeerDoor(Consumer<Boolean> begins) {
        this.begins = begins;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        begins.accept(in.getByte(in.readerIndex()) == HANDSHAKE);
        ctx.pipeline().remove(this);
        ctx.fireChannelRead(in);
    }
}
