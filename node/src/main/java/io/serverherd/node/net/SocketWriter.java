package io.serverherd.node.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.serverherd.node.protocol.LineBuffer;
import java.util.ArrayDeque;

/**
 * Hands bytes to sockets. The kernel takes them at once as a rule, so that one direct buffer does for all connections of
 * the loop; when it does not, the buffer goes to the connection's queue and the next write gets another. On io_uring each
 * buffer is in use until the loop's next pass, and then used again.
 */
public final class SocketWriter {
    private static final int LARGE = 1 << 16;
    private static final int SMALL = 1 << 12;
    private static final int IN_USE = 256;

    private final ArrayDeque<ByteBuf> inUse = new ArrayDeque<>(IN_USE);
    private ByteBuf large;
    private ByteBuf small;

    /** Writes and flushes all of {@code out}, which is empty afterwards. */
    public void writeAndFlush(ChannelHandlerContext to, LineBuffer out) {
        if (waits(to)) {
            write(to, out, to.alloc().directBuffer(out.length()));
        } else if (out.length() <= SMALL) {
            writeSmall(to, out);
        } else {
            writeLarge(to, out);
        }
    }

    /** A queue is made of buffers that are no larger than what is in them: it may become long. */
    private static boolean waits(ChannelHandlerContext to) {
        ChannelOutboundBuffer queue = to.channel().unsafe().outboundBuffer();
        return queue != null && !queue.isEmpty();
    }

    private void writeSmall(ChannelHandlerContext to, LineBuffer out) {
        ByteBuf buf = small(to);
        write(to, out, buf.retain());
        if (buf.refCnt() > 1) {
            small = null;
            if (inUse.size() < IN_USE) {
                inUse.add(buf);
            } else {
                buf.release();
            }
        }
    }

    private void writeLarge(ChannelHandlerContext to, LineBuffer out) {
        ByteBuf buf = large(to, out.length());
        write(to, out, buf.retain());
        if (buf.refCnt() > 1) {
            large = null;
            buf.release();
        }
    }

    private static void write(ChannelHandlerContext to, LineBuffer out, ByteBuf buf) {
        buf.writeBytes(out.array(), 0, out.length());
        out.clear();
        to.writeAndFlush(buf, to.voidPromise());
    }

    private ByteBuf small(ChannelHandlerContext to) {
        if (small != null) {
            return small.clear();
        }
        ByteBuf oldest = inUse.peek();
        if (oldest != null && oldest.refCnt() == 1) {
            small = inUse.poll().clear();
        } else {
            small = to.alloc().directBuffer(SMALL, SMALL);
        }
        return small;
    }

    private ByteBuf large(ChannelHandlerContext to, int bytes) {
        if (large != null && large.capacity() >= bytes) {
            return large.clear();
        }
        if (large != null) {
            large.release();
        }
        large = to.alloc().directBuffer(Math.max(bytes, LARGE));
        return large;
    }
}
