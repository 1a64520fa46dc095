package io.serverherd.local.api.pods;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One TCP connection to a pod, each direction of which ends on its own. For one event loop.
 *
 * <pre>
 * dialling ── connected ──▶ open ── pod ended ──▶ told once, when both
 *     │                      └──── client ended ─▶ output shut, answer still read
 *     └───── refused ──▶ told once: failed
 * </pre>
 */
final class PodConnection extends ChannelInboundHandlerAdapter {

    /** Who uses the connection. */
    interface Listener {
        /** @param bytes the listener's to release */
        void received(ByteBuf bytes);

        /** The pod sends no more. */
        void ended();

        /** The connection could not be made, or broke. */
        void failed(String why);

        /** The pod has taken some of what was sent; {@link #congested} may have changed. */
        void drained();

        /** Whether the listener takes bytes as fast as they come. */
        boolean ready();
    }

    private final EventLoop loop;
    private final Listener listener;
    private final Queue<ByteBuf> early = new ArrayDeque<>();
    private SocketChannel channel;
    private boolean clientEnded;
    private boolean told;

    PodConnection(EventLoop loop, Listener listener) {
        this.loop = loop;
        this.listener = listener;
    }

    void connect(InetSocketAddress address, String description) {
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(this)
                .connect(address)
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        fail(description + ": " + done.cause().getMessage());
                    }
                });
    }

    /** Sends on what the client sent; takes the bytes over. */
    void send(ByteBuf bytes) {
        if (told) {
            bytes.release();
        } else if (channel == null) {
            early.add(bytes);
        } else {
            channel.writeAndFlush(bytes);
        }
    }

    /** The client sends no more; the pod learns it after what was sent before. */
    void endOutput() {
        clientEnded = true;
        if (channel != null) {
            channel.writeAndFlush(channel.alloc().buffer(0)).addListener(flushed -> channel.shutdownOutput());
        }
    }

    /** Goes on reading from the pod, after the listener was not ready. */
    void resume() {
        if (channel != null && channel.isActive()) {
            channel.read();
        }
    }

    boolean congested() {
        return channel != null && !channel.isWritable();
    }

    void close() {
        told = true;
        releaseEarly();
        if (channel != null) {
            channel.close();
        }
    }

    void fail(String why) {
        if (!told) {
            told = true;
            releaseEarly();
            listener.failed(why);
        }
    }

    private void releaseEarly() {
        early.forEach(ReferenceCountUtil::release);
        early.clear();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = (SocketChannel) context.channel();
        if (told) {
            channel.close();
            return;
        }
        early.forEach(channel::writeAndFlush);
        early.clear();
        if (clientEnded) {
            endOutput();
        }
        channel.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        listener.received((ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (listener.ready()) {
            context.read();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        listener.drained();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            end();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail("lost connection to pod: " + cause.getMessage());
        context.close();
    }

    private void end() {
        if (!told) {
            told = true;
            listener.ended();
        }
        if (channel != null) {
            channel.close();
        }
    }
}
