package io.serverherd.node.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.serverherd.node.protocol.LineBuffer;

/**
 * Hands bytes to sockets. The kernel takes them at once as a rule, so that one direct buffer does for all connections of
 * the loop; when it does not, the buffer goes to the connection's queue and the next write gets another.
 */
public final class SocketWriter {
    private static final int INITIAL = 1 << 16;

    private ByteBuf spare;
    /** The last buffer was still needed after the write: on io_uring each is, and small ones stay near the processor. */
    private boolean keptLast;

    /** Writes and flushes all of {@code out}, which is empty afterwards. */
    public void writeAndFlush(ChannelHandlerContext to, LineBuffer out) {
        ByteBuf buf = direct(to, out.length());
        buf.writeBytes(out.array(), 0, out.length());
        out.clear();
        to.writeAndFlush(buf.retain(), to.voidPromise());
        keptLast = buf.refCnt() > 1;
        if (keptLast) {
            spare = null;
            buf.release();
        }
    }

    private ByteBuf direct(ChannelHandlerContext to, int bytes) {
        if (spare != null && spare.capacity() >= bytes) {
            return spare.clear();
        }
        if (spare != null) {
            spare.release();
        }
        spare = to.alloc().directBuffer(keptLast ? bytes : Math.max(bytes, INITIAL));
        return spare;
    }
}
