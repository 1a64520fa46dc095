package io.serverherd.node.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * Hands out one direct buffer for every read of the loop. That works as handlers here are done with a buffer when they
 * return, and it means that idle connections hold no memory and busy ones take a whole burst with one system call.
 */
final class SharedReadBuffer extends DefaultMaxMessagesRecvByteBufAllocator implements Transport.ReadBuffers {
    private static final int BYTES = 1 << 16;

    private final ByteBuf buffer;

    SharedReadBuffer(ByteBufAllocator allocator) {
        // One read per connection and loop pass: more would let one connection hold up the others.
        super(1);
        buffer = allocator.directBuffer(BYTES, BYTES);
    }

    @Override
    public void attach(Channel connection) {
        connection.config().setRecvByteBufAllocator(this);
    }

    @Override
    public MaxMessageHandle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public ByteBuf allocate(ByteBufAllocator allocator) {
                return buffer.clear().retain();
            }

            @Override
            public int guess() {
                return BYTES;
            }
        };
    }
}
