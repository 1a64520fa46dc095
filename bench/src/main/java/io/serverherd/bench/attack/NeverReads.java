package io.serverherd.bench.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.serverherd.bench.load.NodeServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that send a hundred thousand commands each, as far as they are taken, and read no answer. */
final class NeverReads implements Attack {
    /** So many at a time at most: what the node holds for them is to be seen in its process' size. */
    static final int CLIENTS = 25;

    private static final int COMMANDS = 100_000;
    private static final String COMMAND = "IAMAT deaf.herd +34.068930-118.445127 1479413884.392014450\n";
    /** A socket that took nothing for so many milliseconds will take no more. */
    private static final int STUCK = 5;

    private final ByteBuffer commands = ByteBuffer.allocateDirect(COMMANDS * COMMAND.length());
    private final AtomicInteger clients = new AtomicInteger();
    private Strangers strangers;

    NeverReads() {
        commands.put(COMMAND.repeat(COMMANDS).getBytes(US_ASCII));
    }

    @Override
    public Plan plan() {
        return new Plan(
                "clients that pipeline 100,000 commands and never read",
                COSTS,
                5,
                "clients",
                "serverherd_client_connections_total{result=\"closed_slow\"}");
    }

    @Override
    public void begin(NodeServer node) {
        strangers = new Strangers(node.address());
        clients.set(0);
    }

    @Override
    public int act() throws IOException {
        if (clients.get() == CLIENTS) {
            return 0;
        }
        SocketChannel channel = strangers.connectDeaf(0);
        channel.configureBlocking(false);
        ByteBuffer rest = commands.rewind();
        for (int stuck = 0; rest.hasRemaining() && stuck < STUCK; ) {
            stuck = channel.write(rest) == 0 ? stuck + 1 : 0;
            pause(stuck);
        }
        clients.incrementAndGet();
        return 1;
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isOver(double counted) {
        return clients.get() == CLIENTS && counted >= CLIENTS;
    }

    @Override
    public void end() throws IOException {
        strangers.close();
    }
}
