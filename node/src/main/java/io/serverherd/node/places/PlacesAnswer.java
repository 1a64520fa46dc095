package io.serverherd.node.places;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * A Nearby Search answer in Google's own bytes, ready to be cut to any bound.
 *
 * <pre>
 * { … "results" : [ {first} , {second} , {third}   ] … }
 *                  ^       ^          ^         ^
 *               ends[0]  ends[1]    ends[2]   ends[3]     kept for bound n: all up to ends[n], and all from ends[last]
 * </pre>
 *
 * So an entry goes with the comma before it, the white space before {@code ]} stays, and bound 0 leaves an array of
 * that white space alone.
 */
public final class PlacesAnswer {
    /** The largest bound a client may ask for. */
    static final int MAX_BOUND = 20;

    /** Google's answers are five levels deep. */
    static final int MAX_DEPTH = 64;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private final byte[] bytes;
    private final int[] ends;
    private final Outcome outcome;
    private final Duration wish;

    private PlacesAnswer(byte[] bytes, int[] ends, Outcome outcome, Duration wish) {
        this.bytes = bytes;
        this.ends = ends;
        this.outcome = outcome;
        this.wish = wish;
    }

    /** What a client gets in place of Google's answer. */
    static PlacesAnswer failed(Outcome outcome) {
        String status =
                switch (outcome) {
                    case NO_KEY -> "REQUEST_DENIED";
                    case NOT_ASKED -> "ZERO_RESULTS";
                    case OVER_RATE, OVER_BUDGET -> "OVER_QUERY_LIMIT";
                    default -> "UNKNOWN_ERROR";
                };
        String json = "{\"html_attributions\":[],\"results\":[],\"status\":\"" + status + "\"}";
        return new PlacesAnswer(json.getBytes(StandardCharsets.US_ASCII), new int[] {0}, outcome, Duration.ZERO);
    }

    /** Of the body of an HTTP answer; one that is not a Nearby Search answer is a failed one. */
    static PlacesAnswer of(byte[] body) {
        byte[] bytes = collapseNewlines(body);
        try {
            return read(bytes);
        } catch (IOException e) {
            // Nothing of the exception is told: its message quotes the body.
            return failed(Outcome.BAD_ANSWER);
        }
    }

    Outcome outcome() {
        return outcome;
    }

    /** The same answer with the wish not to be asked again for so long. */
    PlacesAnswer withWish(Duration wish) {
        return new PlacesAnswer(bytes, ends, outcome, wish);
    }

    /** How long Google wishes not to be asked; zero where it said nothing. */
    Duration wish() {
        return wish;
    }

    /** Whether the limit that was exceeded came with a time to wait. */
    boolean toldToWait() {
        return outcome == Outcome.OVER_QUERY_LIMIT && !wish.isZero();
    }

    /** The bytes for a client: at most {@code bound} results, ending in exactly two LF. */
    byte[] cut(int bound) {
        int last = ends[ends.length - 1];
        int cut = ends[Math.min(bound, ends.length - 1)];
        byte[] text = new byte[cut + bytes.length - last + 2];
        System.arraycopy(bytes, 0, text, 0, cut);
        System.arraycopy(bytes, last, text, cut, bytes.length - last);
        text[text.length - 2] = '\n';
        text[text.length - 1] = '\n';
        return text;
    }

    /**
     * One LF for every run of LF and CRLF, and none at the end. Raw newlines can't be inside a JSON string, so this
     * changes white space only.
     */
    private static byte[] collapseNewlines(byte[] body) {
        byte[] out = new byte[body.length];
        int length = 0;
        for (int i = 0; i < body.length; i++) {
            if (body[i] == '\r' && i + 1 < body.length && body[i + 1] == '\n') {
                continue;
            }
            if (body[i] == '\n' && length > 0 && out[length - 1] == '\n') {
                continue;
            }
            out[length++] = body[i];
        }
        while (length > 0 && out[length - 1] == '\n') {
            length--;
        }
        return Arrays.copyOf(out, length);
    }

    private static PlacesAnswer read(byte[] bytes) throws IOException {
        int[] ends = null;
        String status = null;
        // RFC 8259: JSON between systems is UTF-8. Said explicitly, since a guess of UTF-16 would have no byte offsets.
        requireUtf8(bytes);
        try (JsonParser json = JSON.createParser(bytes)) {
            require(json.nextToken() == JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String member = json.currentName();
                JsonToken value = json.nextToken();
                if (member.equals("results")) {
                    require(ends == null && value == JsonToken.START_ARRAY);
                    ends = ends(json);
                } else if (member.equals("status")) {
                    require(status == null && value == JsonToken.VALUE_STRING);
                    status = json.getText();
                } else {
                    json.skipChildren();
                }
            }
            require(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null);
        }
        require(ends != null && status != null);
        return new PlacesAnswer(bytes, ends, Outcome.ofStatus(status), Duration.ZERO);
    }

    /** The offsets just behind {@code [} and behind each of the first entries, and behind the last of all. */
    private static int[] ends(JsonParser json) throws IOException {
        int[] ends = new int[MAX_BOUND + 2];
        int entries = 0;
        ends[0] = offset(json);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(json.currentToken() != null);
            json.skipChildren();
            json.finishToken();
            entries = Math.min(entries + 1, MAX_BOUND + 1);
            ends[entries] = offset(json);
        }
        return Arrays.copyOf(ends, entries + 1);
    }

    private static int offset(JsonParser json) {
        return (int) json.currentLocation().getByteOffset();
    }

    private static void requireUtf8(byte[] bytes) throws IOException {
        require(bytes.length >= 2 && bytes[0] == '{' && bytes[1] != 0);
    }

    private static void require(boolean holds) throws IOException {
        if (!holds) {
            throw new IOException("not a Nearby Search answer");
        }
    }
}
