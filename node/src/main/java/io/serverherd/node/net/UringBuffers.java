package io.serverherd.node.net;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;

/**
 * What connections read into on io_uring: the kernel picks a buffer of the loop's ring when bytes have come, so that idle
 * connections hold no memory there either.
 */
final class UringBuffers implements Transport.ReadBuffers {
    private static final short GROUP = 1;
    private static final short BUFFERS = 64;
    private static final int BYTES = 1 << 15;

    static IoHandlerFactory newHandlerFactory() {
        IoUringBufferRingConfig ring = IoUringBufferRingConfig.builder()
                .bufferGroupId(GROUP)
                .bufferRingSize(BUFFERS)
                .batchSize(BUFFERS / 4)
                .allocator(new IoUringFixedBufferRingAllocator(BYTES))
                .build();
        return IoUringIoHandler.newFactory(new IoUringIoHandlerConfig().setBufferRingConfig(ring));
    }

    @Override
    public void attach(Channel connection) {
        connection.config().setOption(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, GROUP);
    }
}
