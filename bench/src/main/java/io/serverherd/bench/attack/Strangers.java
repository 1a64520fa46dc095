package io.serverherd.bench.attack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Connections of hostile clients, from addresses of loopback that no honest one has: 127.0.0.2 and on. */
final class Strangers implements AutoCloseable {
    /** How many addresses there are. */
    static final int ADDRESSES = 64;

    private static final String PREFIX = "127.0.0.";

    private final InetSocketAddress server;
    private final Set<SocketChannel> open = new LinkedHashSet<>();
    private boolean closed;

    Strangers(InetSocketAddress server) {
        this.server = server;
    }

    /** Whether this machine lets a client choose such an address. */
    static boolean areThere() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(from(0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** @param address number of the source address, below {@link #ADDRESSES} */
    SocketChannel connect(int address) throws IOException {
        return connect(SocketChannel.open(), address);
    }

    /** For one that reads nothing: its kernel takes little for it. */
    SocketChannel connectDeaf(int address) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 1);
        return connect(channel, address);
    }

    private SocketChannel connect(SocketChannel channel, int address) throws IOException {
        if (!keep(channel)) {
            channel.close();
            throw new ClosedChannelException();
        }
        channel.bind(from(address));
        channel.connect(server);
        return channel;
    }

    private static InetSocketAddress from(int address) {
        return new InetSocketAddress(PREFIX + (2 + address), 0);
    }

    private synchronized boolean keep(SocketChannel channel) {
        if (!closed) {
            open.add(channel);
        }
        return !closed;
    }

    /** Closes one. */
    void close(SocketChannel channel) throws IOException {
        synchronized (this) {
            open.remove(channel);
        }
        channel.close();
    }

    /** Closes all, and opens no more. */
    @Override
    public void close() throws IOException {
        List<SocketChannel> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(open);
            open.clear();
        }
        for (SocketChannel channel : all) {
            channel.close();
        }
    }

    /** Blocks until all is written. */
    static void send(SocketChannel to, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }
}
