package io.serverherd.bench.load;

import java.nio.ByteBuffer;

/** What clients say to a server, and what it must answer. Not thread-safe: a server under load has one of its own. */
public interface Dialogue {
    /** How many clients there are; they are numbered from 0. */
    int clients();

    /** Bytes of the longest request. */
    int longest();

    /** Puts a client's next request into the buffer. The one before has been answered. */
    void ask(int client, ByteBuffer out);

    /**
     * Checks the bytes {@code [from, to)}, which begin with the reply to the client's request.
     *
     * @return where the reply ends; −1 when it isn't all there yet
     * @throws WrongReplyException when it is another
     */
    int answered(int client, byte[] buf, int from, int to) throws WrongReplyException;
}
