package io.serverherd.bench.load;

import io.serverherd.bench.tls.TlsChannel;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import javax.net.ssl.SSLContext;

/** One connection with some clients of its own, who report by turns: as many requests under way as it is deep. */
final class Connection implements AutoCloseable {
    private static final byte[] NOTHING = {};

    private final Dialogue dialogue;
    private final int firstClient;
    private final int clients;
    private final SocketChannel channel;
    /** Null: it speaks plainly. */
    private final TlsChannel tls;

    private final SelectionKey key;
    private final ByteBuffer out;
    /** When the requests under way were sent, the next one to be answered at {@code answered}. */
    private final long[] sent;

    private long asked;
    private long answered;
    /** The begin of a reply whose rest is to come. */
    private byte[] begun = NOTHING;

    Connection(Candidate server, Selector selector, Dialogue dialogue, int firstClient, int clients, int depth)
            throws IOException {
        this.dialogue = dialogue;
        this.firstClient = firstClient;
        this.clients = clients;
        this.sent = new long[depth];
        this.out = ByteBuffer.allocateDirect(depth * dialogue.longest());
        channel = SocketChannel.open(server.address());
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        tls = server.tls().isPresent() ? secured(server.tls().get()) : null;
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    private TlsChannel secured(SSLContext context) throws IOException {
        TlsChannel secured = new TlsChannel(channel, context);
        secured.sayHello();
        secured.shakeHands();
        return secured;
    }

    boolean idle() {
        return asked == answered;
    }

    int underWay() {
        return (int) (asked - answered);
    }

    /** Sends so many requests in one go. */
    void ask(int requests, long now) throws IOException {
        for (int i = 0; i < requests; i++) {
            dialogue.ask(client(asked), out);
            sent[(int) (asked % sent.length)] = now;
            asked++;
        }
        write();
    }

    /** Sends what the socket did not take. */
    void write() throws IOException {
        out.flip();
        boolean all = send(out);
        out.compact();
        int wanted = all ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    private boolean send(ByteBuffer bytes) throws IOException {
        if (tls != null) {
            return tls.write(bytes);
        }
        channel.write(bytes);
        return !bytes.hasRemaining();
    }

    /** Reads and checks replies; returns how many. The buffers are scratch, of the same size. */
    int read(ByteBuffer in, byte[] buf, Latencies latencies) throws IOException {
        in.clear().limit(in.capacity() - begun.length);
        int read = tls == null ? channel.read(in) : tls.read(in);
        if (read < 0) {
            throw new WrongReplyException("the server has closed a connection with " + underWay() + " replies to come");
        }
        System.arraycopy(begun, 0, buf, 0, begun.length);
        in.flip().get(buf, begun.length, read);
        return check(buf, begun.length + read, latencies);
    }

    private int check(byte[] buf, int to, Latencies latencies) throws WrongReplyException {
        long now = System.nanoTime();
        int replies = 0;
        int from = 0;
        while (!idle() && from < to) {
            int end = dialogue.answered(client(answered), buf, from, to);
            if (end < 0) {
                break;
            }
            from = end;
            latencies.add(now - sent[(int) (answered % sent.length)]);
            answered++;
            replies++;
        }
        if (from < to && idle()) {
            throw WrongReplyException.of(buf, from, to, "nothing that was asked");
        }
        begun = from == to ? NOTHING : Arrays.copyOfRange(buf, from, to);
        return replies;
    }

    private int client(long request) {
        return firstClient + (int) (request % clients);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
