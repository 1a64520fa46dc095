package io.serverherd.local.api.pods;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.serverherd.local.api.PodRuntime;
import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.http.ApiRequest;
import io.serverherd.local.api.http.Reply;
import io.serverherd.local.api.verb.Reading;
import io.serverherd.local.api.verb.Target;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * {@code pods/NAME/portforward}, in the two protocols that clients speak over WebSocket:
 *
 * <pre>
 * kubectl              SPDY frames, any number of connections   WebSocket ─ bytes ─ SpdyFrameCodec ─ SpdyForward ─ PodConnection
 * the client library   numbered channels, one connection        WebSocket ─ bytes ─ ChannelForward ─ PodConnection
 * </pre>
 */
final class PortForward {

    private static final String SPDY = "SPDY/3.1+portforward.k8s.io";
    private static final String CHANNELS = "v4.channel.k8s.io";

    private final Reading reading;
    private final PodRuntime runtime;
    private final Executor lookups;

    /** @param lookups where the runtime may be asked: it can block */
    PortForward(Reading reading, PodRuntime runtime, Executor lookups) {
        this.reading = reading;
        this.runtime = runtime;
        this.lookups = lookups;
    }

    Reply open(Target target, ApiRequest request) {
        requireRunning(target);
        PodDialer dialer = new PodDialer(target.namespace(), target.name(), runtime, lookups);
        String offered = request.headers().get("Sec-WebSocket-Protocol", "");
        if (offered.contains(SPDY)) {
            return new Reply.Upgrade(
                    SPDY,
                    () -> pipeline(
                            new MessageBytes(), new SpdyFrameCodec(SpdyVersion.SPDY_3_1), new SpdyForward(dialer)));
        }
        if (offered.contains(CHANNELS)) {
            int port = port(request);
            return new Reply.Upgrade(CHANNELS, () -> pipeline(new MessageBytes(), new ChannelForward(dialer, port)));
        }
        throw ApiException.badRequest(
                "port-forward needs a WebSocket with the subprotocol " + SPDY + " or " + CHANNELS);
    }

    private void requireRunning(Target target) {
        String phase = reading.get(target).at("/status/phase").asText();
        if (!phase.equals("Running")) {
            throw ApiException.badRequest("unable to forward port because pod is not running. Current status=" + phase);
        }
    }

    private static int port(ApiRequest request) {
        List<String> ports = request.parameters().getOrDefault("ports", List.of());
        if (ports.size() != 1 || !ports.get(0).matches("\\d{1,5}")) {
            throw ApiException.badRequest("port-forward needs exactly one parameter \"ports\", a number");
        }
        return Integer.parseInt(ports.get(0));
    }

    private static ChannelHandler pipeline(ChannelHandler... handlers) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(handlers);
            }
        };
    }
}
