package io.serverherd.node.places;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;

/**
 * An error of the new API, of which only words from a list are kept: its messages may quote the request.
 *
 * @param status such as {@code PERMISSION_DENIED}
 * @param reason such as {@code API_KEY_INVALID}; empty where none was said, or one that is no such word
 */
record NewError(String status, String reason) {
    /** In words of its own the new API says that a key is none by INVALID_ARGUMENT. */
    private static final String KEY_REASONS = "API_KEY_";

    /** @throws IOException when the body is something else */
    static NewError read(JsonFactory factory, byte[] body) throws IOException {
        try (JsonReading json = new JsonReading(factory, body)) {
            Reader reader = new Reader(json);
            json.object(reader::root);
            json.end();
            return new NewError(reader.status, reader.reason);
        }
    }

    /** What the legacy API would have said. @throws IOException where it has no name for it */
    String legacyStatus() throws IOException {
        return switch (status) {
            case "RESOURCE_EXHAUSTED" -> "OVER_QUERY_LIMIT";
            case "PERMISSION_DENIED", "UNAUTHENTICATED" -> "REQUEST_DENIED";
            case "INVALID_ARGUMENT" -> reason.startsWith(KEY_REASONS) ? "REQUEST_DENIED" : "INVALID_REQUEST";
            default -> throw new IOException("no error that the legacy API has a name for");
        };
    }

    private static final class Reader {
        private final JsonReading json;
        private String status = "";
        private String reason = "";

        Reader(JsonReading json) {
            this.json = json;
        }

        boolean root(String member) throws IOException {
            boolean known = member.equals("error");
            if (known) {
                json.object(this::error);
            }
            return known;
        }

        private boolean error(String member) throws IOException {
            switch (member) {
                case "status" -> status = json.text();
                case "details" -> json.array(() -> json.object(this::detail));
                default -> {
                    return false;
                }
            }
            return true;
        }

        private boolean detail(String member) throws IOException {
            boolean known = member.equals("reason");
            if (known) {
                String word = json.text();
                reason = word.matches("[A-Z][A-Z0-9_]{0,62}") ? word : "";
            }
            return known;
        }
    }
}
