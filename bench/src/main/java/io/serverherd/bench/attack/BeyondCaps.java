package io.serverherd.bench.attack;

import io.serverherd.bench.load.NodeServer;
import io.serverherd.bench.load.WrongReplyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Holds all connections that the node grants, and dials on: each further one must be closed at once, without a word. Where
 * it is but one address that has too many, a client of another one now and then must be let in.
 */
final class BeyondCaps implements Attack {
    private static final byte[] LINE = {'?', '\n'};
    /** An address that holds no connection. */
    private static final int FRESH = Strangers.ADDRESSES - 1;
    /** Every so many dials. */
    private static final int LET_IN = 10;

    private final String name;
    private final int addresses;
    private final ByteBuffer in = ByteBuffer.allocateDirect(1);
    private Strangers strangers;
    private int dials;

    private BeyondCaps(String name, int addresses) {
        this.name = name;
        this.addresses = addresses;
    }

    static BeyondCaps ofOneAddress() {
        return new BeyondCaps("connections beyond the cap of an address", 1);
    }

    static BeyondCaps ofAll() {
        return new BeyondCaps("connections beyond the cap of all", Besieged.CONNECTIONS / Besieged.PER_ADDRESS);
    }

    @Override
    public Plan plan() {
        return new Plan(name, COSTS, 1_000, "connections", "serverherd_client_connections_total{result=\"refused\"}");
    }

    /** Returns when the node has taken all that it may. */
    @Override
    public void begin(NodeServer node) throws IOException {
        strangers = new Strangers(node.address());
        int honest = (int) node.metric(Besieged.OPEN);
        int all = Math.min(addresses * Besieged.PER_ADDRESS, Besieged.CONNECTIONS - honest);
        for (int i = 0; i < all; i++) {
            strangers.connect(i / Besieged.PER_ADDRESS);
        }
        node.await("the node has taken " + all + " connections", () -> node.metric(Besieged.OPEN) == honest + all);
    }

    @Override
    public int act() throws IOException {
        dials++;
        boolean oneAddress = addresses == 1;
        if (oneAddress && dials % LET_IN == 0 && !isAnswered(FRESH)) {
            throw new WrongReplyException("a client of another address was not let in");
        }
        if (isAnswered(oneAddress ? 0 : FRESH)) {
            throw new WrongReplyException("a connection beyond the cap was answered");
        }
        return 1;
    }

    private boolean isAnswered(int address) throws IOException {
        SocketChannel channel = strangers.connect(address);
        try {
            Strangers.send(channel, ByteBuffer.wrap(LINE));
            return channel.read(in.clear()) > 0;
        } catch (IOException e) {
            // Reset: it was closed with the line unread.
            return false;
        } finally {
            strangers.close(channel);
        }
    }

    @Override
    public void end() throws IOException {
        strangers.close();
    }
}
