package io.serverherd.local.api.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.serverherd.local.api.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * A protobuf message as a table: field number → JSON member. Unknown fields are skipped.
 *
 * @param fields by number
 */
record ProtobufMessage(Map<Integer, Field> fields) {

    /** @param repeated collected into an array, or into an object when the value is a map entry */
    record Field(String name, Value value, boolean repeated) {}

    /** Reads one value, its tag already read. */
    interface Value {
        JsonNode read(CodedInputStream in) throws IOException;
    }

    static final Value TEXT = in -> TextNode.valueOf(in.readString());
    static final Value INTEGER = in -> LongNode.valueOf(in.readInt64());
    static final Value BOOLEAN = in -> BooleanNode.valueOf(in.readBool());

    /** metav1.Time {1 = seconds}; absent fields are zero. */
    static final Value TIME = in -> {
        CodedInputStream time = CodedInputStream.newInstance(in.readByteArray());
        long seconds = 0;
        for (int tag = time.readTag(); tag != 0; tag = time.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                seconds = time.readInt64();
            } else {
                time.skipField(tag);
            }
        }
        return TextNode.valueOf(Instant.ofEpochSecond(seconds).toString());
    };

    static final Value TEXT_ENTRY = entry(CodedInputStream::readString);
    static final Value BYTES_ENTRY = entry(in -> Base64.getEncoder().encodeToString(in.readByteArray()));

    static Value message(ProtobufMessage message) {
        return in -> message.read(in.readByteArray());
    }

    ObjectNode read(byte[] bytes) throws IOException {
        ObjectNode object = Json.object();
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            Field field = fields.get(WireFormat.getTagFieldNumber(tag));
            if (field == null) {
                in.skipField(tag);
            } else {
                add(object, field, field.value().read(in));
            }
        }
        return object;
    }

    private static void add(ObjectNode object, Field field, JsonNode value) {
        if (field.value() == TEXT_ENTRY || field.value() == BYTES_ENTRY) {
            Json.child(object, field.name()).setAll((ObjectNode) value);
        } else if (field.repeated()) {
            ArrayNode list = object.withArray(field.name());
            list.add(value);
        } else if (!isZero(value)) {
            object.set(field.name(), value);
        }
    }

    /** Kubernetes' protobuf writes empty values where JSON has nothing. */
    private static boolean isZero(JsonNode value) {
        return value.isTextual() && value.asText().isEmpty()
                || value.isNumber() && value.asLong() == 0
                || value.isObject() && value.isEmpty();
    }

    private interface TextReader {
        String read(CodedInputStream in) throws IOException;
    }

    /** A map entry {1 = key, 2 = value} as an object of one member. */
    private static Value entry(TextReader valueReader) {
        return in -> {
            CodedInputStream entry = CodedInputStream.newInstance(in.readByteArray());
            String key = "";
            String value = "";
            for (int tag = entry.readTag(); tag != 0; tag = entry.readTag()) {
                switch (WireFormat.getTagFieldNumber(tag)) {
                    case 1 -> key = entry.readString();
                    case 2 -> value = valueReader.read(entry);
                    default -> entry.skipField(tag);
                }
            }
            return Json.object().put(key, value);
        };
    }
}
