package io.serverherd.node.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;

/** What all connections of the one event loop share, as they take turns on it. */
public record LoopIo(
        Transport transport,
        EventLoop loop,
        SharedReadBuffer readBuffer,
        ReadScratch scratch,
        SocketWriter writer,
        FlushQueue flushQueue) {

    public static LoopIo on(Transport transport, EventLoop loop) {
        return new LoopIo(
                transport,
                loop,
                new SharedReadBuffer(ByteBufAllocator.DEFAULT),
                new ReadScratch(),
                new SocketWriter(),
                new FlushQueue(loop));
    }
}
