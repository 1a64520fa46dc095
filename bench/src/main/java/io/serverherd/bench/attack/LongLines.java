package io.serverherd.bench.attack;

import io.serverherd.bench.load.NodeServer;
import io.serverherd.bench.load.WrongReplyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lines of nonsense, as long as lines may be, over 50 connections by turns; each is to come back behind a question mark. */
final class LongLines implements Attack {
    private static final int CONNECTIONS = 50;
    private static final int LINE_BYTES = 16_384;

    private final ByteBuffer line = ByteBuffer.allocateDirect(LINE_BYTES + 1);
    private final ByteBuffer right = ByteBuffer.allocateDirect(2 + LINE_BYTES + 1);
    private final ByteBuffer reply = ByteBuffer.allocateDirect(2 + LINE_BYTES + 1);
    private final List<SocketChannel> channels = new ArrayList<>();
    private Strangers strangers;
    private int asked;

    LongLines() {
        byte[] bytes = new byte[LINE_BYTES + 1];
        Arrays.fill(bytes, (byte) 'x');
        bytes[LINE_BYTES] = '\n';
        line.put(bytes);
        right.put((byte) '?').put((byte) ' ').put(bytes);
    }

    @Override
    public Plan plan() {
        return new Plan(
                "lines of 16 KiB, 50 connections",
                COSTS,
                2_000,
                "lines",
                "serverherd_commands_total{command=\"invalid\"}");
    }

    @Override
    public void begin(NodeServer node) throws IOException {
        strangers = new Strangers(node.address());
        channels.clear();
        asked = 0;
        for (int i = 0; i < CONNECTIONS; i++) {
            channels.add(strangers.connect(0));
        }
    }

    /** The line before on this connection was asked 50 lines ago. */
    @Override
    public int act() throws IOException {
        SocketChannel channel = channels.get(asked % CONNECTIONS);
        if (asked >= CONNECTIONS) {
            check(channel);
        }
        Strangers.send(channel, line.rewind());
        asked++;
        return 1;
    }

    private void check(SocketChannel channel) throws IOException {
        reply.clear();
        while (reply.hasRemaining()) {
            if (channel.read(reply) < 0) {
                throw new WrongReplyException("the node has closed after " + reply.position() + " bytes of a reply");
            }
        }
        if (!reply.flip().equals(right.rewind())) {
            throw new WrongReplyException("a long line did not come back as it was");
        }
    }

    @Override
    public void end() throws IOException {
        strangers.close();
    }
}
