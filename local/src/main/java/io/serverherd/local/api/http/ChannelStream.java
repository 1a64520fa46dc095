package io.serverherd.local.api.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link ResponseStream} into a Netty channel. */
final class ChannelStream implements ResponseStream {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelStream.class);

    /** How pieces and the end look on the wire. */
    enum Framing {
        CHUNKS(piece -> new DefaultHttpContent(Unpooled.wrappedBuffer(piece))) {
            @Override
            void end(Channel channel) {
                channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
            }
        },
        TEXT_MESSAGES(piece -> new TextWebSocketFrame(Unpooled.wrappedBuffer(piece))),
        BINARY_MESSAGES(piece -> new BinaryWebSocketFrame(Unpooled.wrappedBuffer(piece)));

        private final Function<byte[], Object> frame;

        Framing(Function<byte[], Object> frame) {
            this.frame = frame;
        }

        void end(Channel channel) {
            channel.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    private final Channel channel;
    private final Framing framing;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    ChannelStream(Channel channel, Framing framing) {
        this.channel = channel;
        this.framing = framing;
        channel.closeFuture().addListener(closed -> ended.complete(null));
    }

    @Override
    public void send(Supplier<byte[]> piece) {
        channel.eventLoop().execute(() -> {
            if (ended.isDone()) {
                return;
            }
            try {
                byte[] bytes = piece.get();
                if (bytes.length > 0) {
                    channel.writeAndFlush(framing.frame.apply(bytes));
                }
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).addKeyValue("event", "stream_broken").log();
                channel.close();
            }
        });
    }

    @Override
    public void end() {
        channel.eventLoop().execute(() -> {
            if (!ended.isDone()) {
                framing.end(channel);
                ended.complete(null);
            }
        });
    }

    @Override
    public boolean congested() {
        return !channel.isWritable();
    }

    @Override
    public void onEnd(Runnable action) {
        ended.whenComplete((done, never) -> action.run());
    }
}
