package io.serverherd.bench.tls;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/** A client's end of TLS over a channel, which must block until the handshake is done, and need not from then on. */
public final class TlsChannel {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    /** Records read in one go: whoever waits for a channel to be readable is not told of what was read before. */
    private static final int READ_AT_ONCE = 1 << 17;

    private final SocketChannel channel;
    private final SSLEngine engine;
    /** Both are ready to be filled. */
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_AT_ONCE);

    private final ByteBuffer out;
    private final ByteBuffer none;

    public TlsChannel(SocketChannel channel, SSLContext context) {
        this.channel = channel;
        engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        out = ByteBuffer.allocateDirect(2 * engine.getSession().getPacketBufferSize());
        none = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    }

    /** Sends the first message of the handshake. */
    public void sayHello() throws IOException {
        engine.beginHandshake();
        wrap(NOTHING);
        flush();
    }

    /** Goes on from there until this end is through; the other may refuse it still, which reading will tell. */
    public void shakeHands() throws IOException {
        for (HandshakeStatus next = engine.getHandshakeStatus();
                next != HandshakeStatus.NOT_HANDSHAKING;
                next = engine.getHandshakeStatus()) {
            if (next == HandshakeStatus.NEED_WRAP) {
                wrap(NOTHING);
                flush();
            } else if (!unwrap(none) && channel.read(in) < 0) {
                throw new EOFException("the other end has closed the connection in the handshake");
            }
        }
    }

    /**
     * Reads what there is.
     *
     * @param plain gets it; must have room for 128 KiB
     * @return how many bytes; −1 at the end
     */
    public int read(ByteBuffer plain) throws IOException {
        int before = plain.position();
        int read = channel.read(in);
        boolean more = true;
        while (more) {
            more = unwrap(plain);
        }
        int got = plain.position() - before;
        return got == 0 && (read < 0 || engine.isInboundDone()) ? -1 : got;
    }

    /**
     * Writes as much as the channel takes.
     *
     * @return whether that was all, also of what it was given before
     */
    public boolean write(ByteBuffer plain) throws IOException {
        while (plain.hasRemaining() && wrap(plain) == Status.OK) {
            flush();
        }
        flush();
        return out.position() == 0 && !plain.hasRemaining();
    }

    private Status wrap(ByteBuffer plain) throws IOException {
        Status status = engine.wrap(plain, out).getStatus();
        runTasks();
        return status;
    }

    /** Returns whether there was a record, of whatever kind. */
    private boolean unwrap(ByteBuffer plain) throws IOException {
        in.flip();
        try {
            return engine.unwrap(in, plain).bytesConsumed() > 0;
        } finally {
            in.compact();
            runTasks();
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private void flush() throws IOException {
        out.flip();
        channel.write(out);
        out.compact();
    }
}
