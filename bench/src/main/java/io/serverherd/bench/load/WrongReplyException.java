package io.serverherd.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;

/** A server answered something else than it must, or not at all: its figures are worth nothing. */
public final class WrongReplyException extends IOException {
    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 200;

    public WrongReplyException(String message) {
        super(message);
    }

    /** @param wanted what the reply should be, in words or bytes */
    public static WrongReplyException of(byte[] buf, int from, int to, String wanted) {
        String got = new String(buf, from, Math.min(to - from, SHOWN), ISO_8859_1);
        return new WrongReplyException("got \"" + got.replace("\r", "\\r").replace("\n", "\\n") + "\" for " + wanted);
    }
}
