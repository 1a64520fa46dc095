package io.serverherd.node.peer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.serverherd.node.protocol.LineBuffer;
import java.util.List;
import java.util.Optional;

/** A connection whose other end is the test. */
final class RecordedSocket implements PeerSocket {
    private final LineBuffer out = new LineBuffer(64);
    private Listener listener;
    Optional<String> proven = Optional.empty();
    boolean writable = true;
    boolean closed;
    int flushes;

    @Override
    public Optional<String> proven() {
        return proven;
    }

    @Override
    public void listener(Listener listener) {
        this.listener = listener;
    }

    @Override
    public LineBuffer out() {
        return out;
    }

    @Override
    public void flushLater() {
        flushes++;
    }

    @Override
    public boolean writable() {
        return writable;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** The other end sends lines. */
    void receives(String... lines) {
        for (String line : lines) {
            if (!closed) {
                byte[] bytes = line.getBytes(ISO_8859_1);
                listener.received();
                listener.line(bytes, 0, bytes.length);
            }
        }
    }

    void becomesWritable() {
        writable = true;
        listener.writable();
    }

    void isClosedByTheOtherEnd() {
        closed = true;
        listener.closed("the neighbour closed it");
    }

    /** The lines sent since the last call. */
    List<String> sent() {
        String text = new String(out.array(), 0, out.length(), ISO_8859_1);
        out.clear();
        return text.lines().toList();
    }
}
