package io.serverherd.bench.attack;

import io.serverherd.bench.load.NodeServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Clients that send a line byte by byte, one each three seconds: the node gives them half a minute for it. */
final class SlowWriters implements Attack {
    private static final int CLIENTS = 500;
    private static final int SECONDS = 3;
    private static final byte[] LINE = "IAMAT slow.herd +34.068930-118.445127 1479413884.392014450".getBytes();

    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer one = ByteBuffer.allocateDirect(1);
    private Strangers strangers;
    private int sent;

    @Override
    public Plan plan() {
        return new Plan(
                CLIENTS + " clients that send a byte each 3 s",
                HOLDS,
                CLIENTS / SECONDS,
                "bytes",
                "serverherd_client_connections_total{result=\"closed_unfinished\"}");
    }

    /** Returns when each has begun its line. */
    @Override
    public void begin(NodeServer node) throws IOException {
        strangers = new Strangers(node.address());
        channels.clear();
        sent = 0;
        for (int i = 0; i < CLIENTS; i++) {
            channels.add(strangers.connect(0));
            act();
        }
    }

    @Override
    public int act() throws IOException {
        one.clear().put(LINE[sent / CLIENTS % LINE.length]).flip();
        SocketChannel channel = channels.get(sent % CLIENTS);
        sent++;
        try {
            return channel.write(one);
        } catch (IOException e) {
            // The node has had enough of it, as it must.
            return 0;
        }
    }

    @Override
    public boolean isOver(double counted) {
        return counted >= CLIENTS;
    }

    @Override
    public void end() throws IOException {
        strangers.close();
    }
}
