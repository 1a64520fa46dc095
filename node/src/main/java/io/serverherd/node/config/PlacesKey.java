package io.serverherd.node.config;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The key that Google knows us by, or why there is none. Its text leaves this object by {@link #secret()} only. */
public final class PlacesKey {
    /** Longest key file, in bytes. Google's keys have 39 characters. */
    public static final int MAX_BYTES = 4096;

    /** Header, payload and signature of RFC 7515's compact form; the header is a JSON object, so it begins with {". */
    private static final Pattern JSON_WEB_TOKEN = Pattern.compile("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*");

    /** Of a character of ISO 8859-1 by its number, or of one by itself; a line end and the like is in no key. */
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u00([0-9A-Fa-f]{2})|([^u]))");

    /** A shorter text is a key for tryings only, and likely a word. */
    private static final int LEAST_TOLD = 8;

    public static final PlacesKey MISSING = new PlacesKey(State.MISSING, "");
    public static final PlacesKey EMPTY = new PlacesKey(State.EMPTY, "");

    /** As `/status` spells it, in lower case. */
    public enum State {
        LOADED,
        MISSING,
        EMPTY
    }

    private final State state;
    private final String secret;

    private PlacesKey(State state, String secret) {
        this.state = state;
        this.secret = secret;
    }

    /** A key file that can't be a key. The message tells why without any of its bytes. */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /** Blanks and line ends around the key are not part of it: files written by hand end in a newline. */
    public static PlacesKey parse(byte[] file) throws RefusedException {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        int from = 0;
        int to = text.length();
        if (text.contains("-----BEGIN ")) {
            throw new RefusedException("is a PEM file, as a TLS Secret has: it would be given to Google");
        }
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                throw new RefusedException("byte " + (i + 1) + " is not printable ASCII");
            }
        }
        if (from == to) {
            return EMPTY;
        }
        String key = text.substring(from, to);
        if (JSON_WEB_TOKEN.matcher(key).matches()) {
            throw new RefusedException("is a JSON web token, as a service account has: it would be given to Google");
        }
        return new PlacesKey(State.LOADED, key);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    public State state() {
        return state;
    }

    public boolean loaded() {
        return state == State.LOADED;
    }

    /** For the request to Google, and nothing else. */
    public String secret() {
        return secret;
    }

    /** Whether a text in JSON repeats it, in whatever spelling, and not by chance: then it is nobody else's to read. */
    public boolean isIn(byte[] json) {
        String text = new String(json, StandardCharsets.ISO_8859_1);
        return secret.length() >= LEAST_TOLD
                && (text.contains(secret) || unescaped(text).contains(secret));
    }

    /** As who reads the JSON has it, where that is ASCII. */
    private static String unescaped(String json) {
        return ESCAPE.matcher(json)
                .replaceAll(escape -> Matcher.quoteReplacement(
                        escape.group(1) == null
                                ? escape.group(2)
                                : String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
    }

    @Override
    public String toString() {
        return "PlacesKey[" + state + "]";
    }
}
