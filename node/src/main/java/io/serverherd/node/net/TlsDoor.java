package io.serverherd.node.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.Predicate;

/** Tells by the first byte of an accepted connection whether it begins with TLS, and is gone then. */
public final class TlsDoor extends ChannelInboundHandlerAdapter {
    /** The kind of TLS' first record. No line of ours begins so. */
    private static final byte HANDSHAKE = 0x16;

    private final Predicate<Boolean> begins;

    /**
     * @param begins is told, before anything is done with the bytes: true is TLS. It says whether they are to be passed
     *     on; if not, nothing ever is
     */
    public TlsDoor(Predicate<Boolean> begins) {
        this.begins = begins;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        boolean closed = !ctx.channel().isOpen();
        if (!closed && begins.test(in.getByte(in.readerIndex()) == HANDSHAKE)) {
            ctx.pipeline().remove(this);
            ctx.fireChannelRead(in);
        } else {
            in.release();
        }
    }
}
