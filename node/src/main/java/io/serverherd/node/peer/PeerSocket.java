package io.serverherd.node.peer;

import io.serverherd.node.protocol.LineBuffer;
import java.util.Optional;

/** One connection between two servers, as the code sees it that speaks over it. Event loop only. */
interface PeerSocket {
    /** What happens on it. */
    interface Listener {
        /** Who is at the other end, for the log. */
        String name();

        /** A line has come, without its ending. */
        void line(byte[] buf, int from, int to);

        /** Bytes have come, whether they make a line or not. */
        void received();

        /** It takes bytes again, after it did not. */
        void writable();

        /** It is gone. */
        void closed(String why);
    }

    /** The server at the other end, where it has proved by TLS who it is; empty on a connection without TLS. */
    Optional<String> proven();

    /** Says who is told from now on. */
    void listener(Listener listener);

    /** What is to be sent. After appending call {@link #flushLater}. */
    LineBuffer out();

    /** Sends what is in {@link #out} when the loop is through with its sockets. */
    void flushLater();

    /** Whether the neighbour keeps up: false while a good deal of bytes waits for it to read. */
    boolean writable();

    /** Sends what is in {@link #out} and closes. The listener hears nothing any more. */
    void close();
}
