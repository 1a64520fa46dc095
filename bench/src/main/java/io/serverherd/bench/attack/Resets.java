package io.serverherd.bench.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.serverherd.bench.load.NodeServer;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Clients that connect, report and reset the connection, most of them before the answer is there. */
final class Resets implements Attack {
    private final ByteBuffer command =
            ByteBuffer.wrap("IAMAT reset.herd +34.068930-118.445127 1479413884.392014450\n".getBytes(US_ASCII));
    private Strangers strangers;
    private int address;

    @Override
    public Plan plan() {
        return new Plan(
                "clients that report and reset",
                COSTS,
                2_000,
                "connections",
                "serverherd_client_connections_total{result=\"accepted\"}");
    }

    @Override
    public void begin(NodeServer node) {
        strangers = new Strangers(node.address());
    }

    @Override
    public int act() throws IOException {
        address = (address + 1) % Strangers.ADDRESSES;
        SocketChannel channel = strangers.connect(address);
        Strangers.send(channel, command.rewind());
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        strangers.close(channel);
        return 1;
    }

    @Override
    public void end() throws IOException {
        strangers.close();
    }
}
