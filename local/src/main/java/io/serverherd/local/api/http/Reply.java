package io.serverherd.local.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.channel.ChannelHandler;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a request is answered with. */
public sealed interface Reply {

    /** @param warnings texts that clients such as kubectl show their users */
    record Document(int code, String contentType, JsonNode body, List<String> warnings) implements Reply {

        public Document(int code, JsonNode body, List<String> warnings) {
            this(code, "application/json", body, warnings);
        }
    }

    record Text(int code, String text) implements Reply {}

    /**
     * An answer without a foreseeable end: chunks, or WebSocket messages where the client asked for an upgrade.
     *
     * @param opened gets the stream once its head is sent
     */
    record Stream(String contentType, Consumer<ResponseStream> opened) implements Reply {}

    /** @param handler takes over the connection as WebSocket with that subprotocol */
    record Upgrade(String subprotocol, Supplier<ChannelHandler> handler) implements Reply {}

    static Reply ok(JsonNode body) {
        return new Document(200, body, List.of());
    }
}
