package io.serverherd.node.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.EventLoop;

/** What all connections of the one event loop share, as they take turns on it. */
public record LoopIo(
        Transport transport,
        EventLoop loop,
        Transport.ReadBuffers readBuffers,
        ReadScratch scratch,
        SocketWriter writer,
        FlushQueue flushQueue) {

    public static LoopIo on(Transport transport, EventLoop loop) {
        return new LoopIo(
                transport,
                loop,
                transport.newReadBuffers(),
                new ReadScratch(),
                new SocketWriter(),
                new FlushQueue(loop));
    }

    /** A server socket of the loop. */
    public ServerBootstrap listening() {
        return new ServerBootstrap().group(loop).channel(transport.serverChannel());
    }

    /** A connection that the loop opens. */
    public Bootstrap dialling() {
        return new Bootstrap().group(loop).channel(transport.channel());
    }
}
