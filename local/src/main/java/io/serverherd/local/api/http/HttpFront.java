package io.serverherd.local.api.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The listening socket and what serves it: two event loops and a few workers. */
public final class HttpFront implements AutoCloseable {

    private static final int EVENT_LOOPS = 2;
    private static final int WORKERS = 4;
    private static final int LINE_BYTES = 64 << 10; // label selectors travel in the request line
    private static final int BODY_BYTES = 16 << 20;
    private static final WriteBufferWaterMark STREAM_BACKLOG = new WriteBufferWaterMark(8 << 20, 16 << 20);

    private final EventLoopGroup loops;
    private final ExecutorService workers;
    private final Channel listener;

    private HttpFront(EventLoopGroup loops, ExecutorService workers, Channel listener) {
        this.loops = loops;
        this.workers = workers;
        this.listener = listener;
    }

    /**
     * @param api answers every request and throws nothing
     * @throws IOException when the address cannot be had
     */
    public static HttpFront listen(InetSocketAddress address, Function<ApiRequest, Reply> api) throws IOException {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                EVENT_LOOPS, new DefaultThreadFactory("api-io", true), NioIoHandler.newFactory());
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS, new DefaultThreadFactory("api-worker", true));
        RequestHandler handler = new RequestHandler(api, workers);
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, STREAM_BACKLOG)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(LINE_BYTES, LINE_BYTES, LINE_BYTES))
                                .addLast(new HttpObjectAggregator(BODY_BYTES))
                                .addLast(handler);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        HttpFront front = new HttpFront(loops, workers, bound.channel());
        if (!bound.isSuccess()) {
            front.close();
            throw new IOException(
                    "API server cannot listen on %s: %s"
                            .formatted(address, bound.cause().getMessage()),
                    bound.cause());
        }
        return front;
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Closes all connections, those with open answers too. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        workers.shutdown();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
