package io.serverherd.node.places;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON token by token, so that numbers keep their spelling. Members that nobody asks for are skipped. */
final class JsonReading implements Closeable {
    private final JsonParser json;

    /** Takes the value of a member it knows, by one of the methods below, and says whether it did. */
    @FunctionalInterface
    interface Members {
        boolean take(String name) throws IOException;
    }

    /** Takes an element of an array. */
    @FunctionalInterface
    interface Element {
        void take() throws IOException;
    }

    /** @param body an object, which is to be read next, and nothing behind it */
    JsonReading(JsonFactory factory, byte[] body) throws IOException {
        json = factory.createParser(body);
        json.nextToken();
    }

    void object(Members members) throws IOException {
        require(json.currentToken() == JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            // A null and an absent member are the same.
            if (json.nextToken() != JsonToken.VALUE_NULL && !members.take(name)) {
                json.skipChildren();
            }
        }
        require(json.currentToken() == JsonToken.END_OBJECT);
    }

    void array(Element element) throws IOException {
        require(json.currentToken() == JsonToken.START_ARRAY);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            element.take();
        }
    }

    String text() throws IOException {
        require(json.currentToken() == JsonToken.VALUE_STRING);
        return json.getText();
    }

    /** As it is spelled. */
    String number() throws IOException {
        require(json.currentToken() != null && json.currentToken().isNumeric());
        return json.getText();
    }

    List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        array(() -> texts.add(text()));
        return texts;
    }

    void end() throws IOException {
        require(json.nextToken() == null);
    }

    private static void require(boolean holds) throws IOException {
        if (!holds) {
            throw new IOException("not the shape that was expected");
        }
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
