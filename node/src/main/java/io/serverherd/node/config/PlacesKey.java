package io.serverherd.node.config;

import java.nio.charset.StandardCharsets;

/** The key that Google knows us by, or why there is none. Its text leaves this object by {@link #secret()} only. */
public final class PlacesKey {
    /** Longest key file, in bytes. Google's keys have 39 characters. */
    public static final int MAX_BYTES = 4096;

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
        return from == to ? EMPTY : new PlacesKey(State.LOADED, text.substring(from, to));
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

    @Override
    public String toString() {
        return "PlacesKey[" + state + "]";
    }
}
