package io.serverherd.bench.attack;

import io.serverherd.bench.load.NodeServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A line that never ends, on one connection. It is gone on with after the node has answered that it is too long. */
final class EndlessLine implements Attack {
    private static final int PIECE = 1 << 16;

    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    private Strangers strangers;
    private SocketChannel channel;

    @Override
    public Plan plan() {
        return new Plan(
                "a line without end",
                COSTS,
                2_000,
                "KiB",
                "serverherd_client_connections_total{result=\"closed_overlong\"}");
    }

    @Override
    public void begin(NodeServer node) throws IOException {
        strangers = new Strangers(node.address());
        connect();
    }

    private void connect() throws IOException {
        channel = strangers.connect(0);
        channel.configureBlocking(false);
    }

    @Override
    public int act() throws IOException {
        try {
            return channel.write(piece.clear()) >> 10;
        } catch (IOException e) {
            // The node has closed it, as it must.
            strangers.close(channel);
            connect();
            return 0;
        }
    }

    @Override
    public void end() throws IOException {
        strangers.close();
    }
}
