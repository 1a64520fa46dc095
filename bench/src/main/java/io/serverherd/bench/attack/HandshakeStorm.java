package io.serverherd.bench.attack;

import io.serverherd.bench.load.NodeServer;
import io.serverherd.bench.load.WrongReplyException;
import io.serverherd.bench.tls.Authority;
import io.serverherd.bench.tls.TlsChannel;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.net.ssl.SSLContext;

/**
 * A hundred servers that dial at once, as neighbours do when a network comes back, again and again. Each shows a good
 * certificate, of another herd, so it must be closed when the handshake is done, without a word.
 */
final class HandshakeStorm implements Attack {
    private static final int DIALS = 100;
    private static final int ROOM = 1 << 17;
    /** As fast as they can. */
    private static final int PACE = 10_000;

    private record Dialled(SocketChannel channel, TlsChannel tls) {}

    private final SSLContext context;
    private final ByteBuffer heard = ByteBuffer.allocate(ROOM);
    private final Deque<Dialled> dialled = new ArrayDeque<>();
    private boolean dialling;
    private Strangers strangers;

    /** @param authority of the node's own herd too */
    HandshakeStorm(Authority authority) throws IOException {
        context = authority.ofServer("another", Besieged.READER);
    }

    @Override
    public Plan plan() {
        return new Plan(
                "100 TLS handshakes at once on the peer port",
                COSTS,
                PACE,
                "dials",
                "serverherd_peer_refused_total{reason=\"wrong_herd\"}");
    }

    @Override
    public void begin(NodeServer node) {
        strangers = new Strangers(node.peerAddress());
        dialled.clear();
        dialling = true;
    }

    @Override
    public int act() throws IOException {
        if (dialling) {
            dial();
            dialling = dialled.size() < DIALS;
            return 1;
        }
        Dialled next = dialled.remove();
        dialling = dialled.isEmpty();
        if (isAnswered(next.tls)) {
            throw new WrongReplyException("a server of another herd was let in");
        }
        strangers.close(next.channel);
        return 0;
    }

    private void dial() throws IOException {
        SocketChannel channel = strangers.connect(dialled.size() % Strangers.ADDRESSES);
        // Else it would wait for acknowledgements, 40 ms.
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        TlsChannel tls = new TlsChannel(channel, context);
        tls.sayHello();
        dialled.add(new Dialled(channel, tls));
    }

    private boolean isAnswered(TlsChannel tls) {
        try {
            tls.shakeHands();
            int read = 0;
            while (read == 0) {
                read = tls.read(heard.clear());
            }
            return read > 0;
        } catch (IOException e) {
            // Refused with an alert or reset; in the handshake, where this end is slow to go on with it.
            return false;
        }
    }

    @Override
    public void end() throws IOException {
        strangers.close();
    }
}
