package io.serverherd.node.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** How sockets reach the kernel. The choice is made here alone: the handlers behave the same on each. */
public enum Transport {
    /** Linux, where the kernel and the container's seccomp profile allow it: system calls in batches. */
    IO_URING(IoUringServerSocketChannel.class, IoUringSocketChannel.class),
    /** Linux, by native code: fewer system calls than NIO and no selector keys. */
    EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class),
    /** Everywhere else. */
    NIO(NioServerSocketChannel.class, NioSocketChannel.class);

    private final Class<? extends ServerChannel> serverChannel;
    private final Class<? extends SocketChannel> channel;

    Transport(Class<? extends ServerChannel> serverChannel, Class<? extends SocketChannel> channel) {
        this.serverChannel = serverChannel;
        this.channel = channel;
    }

    /** This one if it works on this machine, else the next that does; a line in the log says so. */
    public Transport orNextBest() {
        Transport best = this;
        while (!best.isAvailable()) {
            best = values()[best.ordinal() + 1];
        }
        if (best != this) {
            LoggerFactory.getLogger(Transport.class)
                    .atWarn()
                    .addKeyValue("wanted", lowerCase())
                    .addKeyValue("used", best.lowerCase())
                    .addKeyValue("why", whyUnavailable())
                    .log("transport.unavailable");
        }
        return best;
    }

    public boolean isAvailable() {
        return switch (this) {
            case IO_URING -> IoUring.isAvailable() && IoUring.isRegisterBufferRingSupported();
            case EPOLL -> Epoll.isAvailable();
            case NIO -> true;
        };
    }

    /** As in the log and in settings. */
    public String lowerCase() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one loop of a process. Its {@code parent()} is a group of its own, to be shut down at the end. */
    public EventLoop newEventLoop() {
        return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("herd"), io()).next();
    }

    private IoHandlerFactory io() {
        return switch (this) {
            case IO_URING -> UringBuffers.newHandlerFactory();
            case EPOLL -> EpollRegistrations.newFactory();
            case NIO -> NioIoHandler.newFactory();
        };
    }

    /** Where the loop's connections get the buffers that they read into. */
    ReadBuffers newReadBuffers() {
        return this == IO_URING ? new UringBuffers() : new SharedReadBuffer(ByteBufAllocator.DEFAULT);
    }

    private Throwable whyUnavailable() {
        return this == IO_URING ? IoUring.unavailabilityCause() : Epoll.unavailabilityCause();
    }

    Class<? extends ServerChannel> serverChannel() {
        return serverChannel;
    }

    Class<? extends SocketChannel> channel() {
        return channel;
    }

    /** To be called with each connection of a loop before it reads. */
    public interface ReadBuffers {
        void attach(Channel connection);
    }
}
