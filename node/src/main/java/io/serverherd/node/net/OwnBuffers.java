package io.serverherd.node.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Gives what was read in a buffer of its own to the handler behind. TLS keeps what is no whole record yet, and the buffer
 * that connections read into is the next one's when their handlers return.
 */
public final class OwnBuffers extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf shared = (ByteBuf) message;
        ByteBuf own = ctx.alloc().directBuffer(shared.readableBytes());
        own.writeBytes(shared);
        shared.release();
        ctx.fireChannelRead(own);
    }
}
