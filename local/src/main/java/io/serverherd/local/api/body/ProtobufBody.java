package io.serverherd.local.api.body;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.json.Json;
import java.io.IOException;
import java.util.Arrays;

/**
 * Decodes the protobuf that kubectl sends for a few kinds: four magic bytes, then {@code runtime.Unknown}, whose
 * {@code raw} is the object.
 */
final class ProtobufBody {

    private static final byte[] MAGIC = {'k', '8', 's', 0};

    private ProtobufBody() {}

    static ObjectNode decode(byte[] body) {
        if (body.length < MAGIC.length || !Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw ApiException.badRequest("the protobuf body does not start with the bytes k8s\\0");
        }
        try {
            return unknown(CodedInputStream.newInstance(body, MAGIC.length, body.length - MAGIC.length));
        } catch (IOException e) {
            throw ApiException.badRequest("error decoding the protobuf body: " + e.getMessage());
        }
    }

    /** runtime.Unknown: 1 = typeMeta {1 = apiVersion, 2 = kind}, 2 = raw. */
    private static ObjectNode unknown(CodedInputStream in) throws IOException {
        ObjectNode typeMeta = Json.object();
        byte[] raw = {};
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> typeMeta = ProtobufMessages.TYPE_META.read(in.readByteArray());
                case 2 -> raw = in.readByteArray();
                default -> in.skipField(tag);
            }
        }
        String kind = typeMeta.path("kind").asText();
        String apiVersion = typeMeta.path("apiVersion").asText();
        ProtobufMessage message = ProtobufMessages.of(apiVersion, kind);
        if (message == null) {
            throw ApiException.unsupportedMediaType(
                    "application/json, application/yaml (protobuf for %s only)".formatted(ProtobufMessages.kinds()));
        }
        ObjectNode object = Json.object().put("kind", kind).put("apiVersion", apiVersion);
        object.setAll(message.read(raw));
        return object;
    }
}
