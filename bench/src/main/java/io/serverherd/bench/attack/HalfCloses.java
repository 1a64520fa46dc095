package io.serverherd.bench.attack;

import io.serverherd.bench.load.Dialogue;
import io.serverherd.bench.load.NodeServer;
import io.serverherd.bench.load.WrongReplyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Clients that report, every second one without the LF, close their side and read to the end; replies are checked. */
final class HalfCloses implements Attack {
    private static final int REPLY = 1_024;

    private final ByteBuffer out = ByteBuffer.allocate(REPLY);
    private final ByteBuffer in = ByteBuffer.allocate(REPLY);
    private Dialogue dialogue;
    private Strangers strangers;
    private int asked;

    @Override
    public Plan plan() {
        return new Plan(
                "clients that report and half-close",
                COSTS,
                2_000,
                "connections",
                "serverherd_client_connections_total{result=\"accepted\"}");
    }

    @Override
    public void begin(NodeServer node) {
        strangers = new Strangers(node.address());
        dialogue = node.dialogue(1);
    }

    @Override
    public int act() throws IOException {
        asked++;
        SocketChannel channel = strangers.connect(asked % Strangers.ADDRESSES);
        dialogue.ask(0, out.clear());
        out.flip().limit(out.limit() - asked % 2);
        Strangers.send(channel, out);
        channel.shutdownOutput();
        in.clear();
        while (channel.read(in) >= 0) {
            // More may come.
        }
        if (dialogue.answered(0, in.array(), 0, in.position()) != in.position()) {
            throw WrongReplyException.of(in.array(), 0, in.position(), "one reply, and the end");
        }
        strangers.close(channel);
        return 1;
    }

    @Override
    public void end() throws IOException {
        strangers.close();
    }
}
