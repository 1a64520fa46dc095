package io.serverherd.local.api.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.serverherd.local.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the reply to one request; may be called on any thread. */
final class ReplyWriter {

    private static final int WEB_SOCKET_FRAME_BYTES = 16 << 20;

    private final ChannelHandlerContext context;
    private final FullHttpRequest request;

    /** @param request released by the writer */
    ReplyWriter(ChannelHandlerContext context, FullHttpRequest request) {
        this.context = context;
        this.request = request;
    }

    void write(Reply reply) {
        context.executor().execute(() -> {
            try {
                writeOnLoop(reply);
            } finally {
                request.release();
            }
        });
    }

    /** Closes the connection without a reply. */
    void abandon() {
        request.release();
        context.close();
    }

    private void writeOnLoop(Reply reply) {
        if (reply instanceof Reply.Document document) {
            respond(document.code(), document.contentType(), Json.text(document.body()), document.warnings());
        } else if (reply instanceof Reply.Text text) {
            respond(text.code(), "text/plain; charset=utf-8", text.text(), List.of());
        } else if (reply instanceof Reply.Stream stream) {
            openStream(stream);
        } else if (reply instanceof Reply.Upgrade upgrade) {
            upgrade(upgrade);
        }
    }

    private void respond(int code, String contentType, String text, List<String> warnings) {
        ByteBuf body = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(code), body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache, private")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        warnings.forEach(warning -> response.headers().add("Warning", "299 - \"" + quoted(warning) + "\""));
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        HttpUtil.setKeepAlive(response, keepAlive);
        var written = context.writeAndFlush(response);
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void openStream(Reply.Stream reply) {
        boolean text = reply.contentType().startsWith("application/json");
        if (wantsWebSocket()) {
            ChannelStream.Framing framing =
                    text ? ChannelStream.Framing.TEXT_MESSAGES : ChannelStream.Framing.BINARY_MESSAGES;
            WebSocketServerHandshaker handshaker = handshaker(null);
            if (handshaker == null) {
                return;
            }
            handshaker.handshake(context.channel(), request).addListener(done -> {
                if (done.isSuccess()) {
                    context.pipeline().replace(context.handler(), "web-socket", new WebSocketControl());
                    reply.opened().accept(new ChannelStream(context.channel(), framing));
                }
            });
        } else {
            HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            head.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, reply.contentType())
                    .set(HttpHeaderNames.CACHE_CONTROL, "no-cache, private")
                    .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            context.writeAndFlush(head);
            reply.opened().accept(new ChannelStream(context.channel(), ChannelStream.Framing.CHUNKS));
        }
    }

    private void upgrade(Reply.Upgrade reply) {
        if (!wantsWebSocket()) {
            respond(400, "text/plain; charset=utf-8", "this request must upgrade to WebSocket", List.of());
            return;
        }
        WebSocketServerHandshaker handshaker = handshaker(reply.subprotocol());
        if (handshaker == null) {
            return;
        }
        handshaker.handshake(context.channel(), request).addListener(done -> {
            if (done.isSuccess()) {
                context.pipeline().replace(context.handler(), "web-socket", new WebSocketControl());
                context.pipeline().addLast(reply.handler().get());
            }
        });
    }

    /** @return null when the client speaks no version of the protocol that we do; it has been told so */
    private WebSocketServerHandshaker handshaker(String subprotocol) {
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(
                        request.uri(), subprotocol, false, WEB_SOCKET_FRAME_BYTES)
                .newHandshaker(request);
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
        }
        return handshaker;
    }

    private boolean wantsWebSocket() {
        return request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
