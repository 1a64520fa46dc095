package io.serverherd.local.api.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds members given twice in one object, which a JSON tree no longer shows. */
final class DuplicateFields {

    private DuplicateFields() {}

    /** Paths such as {@code spec.servers[0].name}. */
    static List<String> of(ObjectMapper mapper, byte[] text) throws IOException {
        List<String> duplicates = new ArrayList<>();
        Deque<Set<String>> seen = new ArrayDeque<>();
        try (JsonParser parser = mapper.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    seen.push(new HashSet<>());
                } else if (token == JsonToken.END_OBJECT) {
                    seen.pop();
                } else if (token == JsonToken.FIELD_NAME && !seen.element().add(parser.currentName())) {
                    duplicates.add(path(parser.getParsingContext()));
                }
            }
        }
        return duplicates;
    }

    private static String path(JsonStreamContext place) {
        if (place.inRoot()) {
            return "";
        }
        String parent = path(place.getParent());
        if (place.inArray()) {
            return parent + "[" + place.getCurrentIndex() + "]";
        }
        return parent.isEmpty() ? place.getCurrentName() : parent + "." + place.getCurrentName();
    }
}
