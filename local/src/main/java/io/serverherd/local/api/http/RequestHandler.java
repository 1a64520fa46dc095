package io.serverherd.local.api.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each request to the API on a worker thread and writes its reply. Requests of one connection are expected one
 * after the other, as all Kubernetes clients send them.
 */
@Sharable
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

    private final Function<ApiRequest, Reply> api;
    private final Executor workers;

    /** @param api answers every request and throws nothing */
    RequestHandler(Function<ApiRequest, Reply> api, Executor workers) {
        this.api = api;
        this.workers = workers;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
        QueryStringDecoder uri = new QueryStringDecoder(message.uri());
        ApiRequest request = new ApiRequest(
                message.method().name(),
                uri.path(),
                uri.parameters(),
                message.headers().copy(),
                ByteBufUtil.getBytes(message.content()));
        ReplyWriter writer = new ReplyWriter(context, message.retain());
        try {
            workers.execute(() -> answer(request, writer));
        } catch (RejectedExecutionException e) {
            writer.abandon(); // the server is closing
        }
    }

    private void answer(ApiRequest request, ReplyWriter writer) {
        Reply reply = api.apply(request);
        if (LOG.isDebugEnabled()) {
            LOG.atDebug()
                    .addKeyValue("event", "request")
                    .addKeyValue("method", request.method())
                    .addKeyValue("path", request.path())
                    .addKeyValue("query", request.parameters())
                    .addKeyValue("code", code(reply))
                    .log();
        }
        writer.write(reply);
    }

    private static int code(Reply reply) {
        if (reply instanceof Reply.Document document) {
            return document.code();
        }
        return reply instanceof Reply.Text text ? text.code() : 200;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) { // a client that went away
            LOG.atWarn()
                    .setCause(cause)
                    .addKeyValue("event", "connection_broken")
                    .log();
        }
        context.close();
    }
}
