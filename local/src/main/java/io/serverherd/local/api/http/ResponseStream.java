package io.serverherd.local.api.http;

import java.util.function.Supplier;

/** The open end of an answer. Thread-safe; what is sent keeps its order. */
public interface ResponseStream {

    /** Makes a piece on the connection's own thread and sends it; an empty piece is not sent. */
    void send(Supplier<byte[]> piece);

    /** Ends the answer after what was sent before. */
    void end();

    /** Whether more was sent than the client has taken for now. */
    boolean congested();

    /** Runs the action when the connection is gone or the answer ended; at once when that is already so. */
    void onEnd(Runnable action);
}
