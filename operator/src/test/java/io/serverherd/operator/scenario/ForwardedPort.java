package io.serverherd.operator.scenario;

import io.fabric8.kubernetes.client.PortForward;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port of this machine whose connections go on to a port of a pod, through the API server, each over a connection of
 * its own. Where a client's end closes, the pod's is closed too: a test that asks a thousand times holds none open.
 */
final class ForwardedPort implements AutoCloseable {

    private final PodResource pod;
    private final int port;
    private final ServerSocketChannel listener;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    ForwardedPort(PodResource pod, int port) throws IOException {
        this.pod = pod;
        this.port = port;
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread acceptor = new Thread(this::accept, "forward-" + port);
        acceptor.setDaemon(true);
        acceptor.start();
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
    }

    private void accept() {
        try {
            while (true) {
                new Connection(listener.accept()).open();
            }
        } catch (IOException closed) {
            // By close(): nobody connects any more.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Connection connection : connections) {
            connection.close();
        }
    }

    /** The client's end of one connection; what it reads goes to the pod. */
    private final class Connection implements ReadableByteChannel {
        private final SocketChannel client;
        private volatile PortForward forward;

        Connection(SocketChannel client) {
            this.client = client;
        }

        void open() throws IOException {
            client.socket().setTcpNoDelay(true);
            connections.add(this);
            forward = pod.portForward(port, this, client);
        }

        @Override
        public int read(ByteBuffer buffer) throws IOException {
            int read = client.read(buffer);
            if (read < 0) {
                close();
            }
            return read;
        }

        @Override
        public boolean isOpen() {
            return client.isOpen();
        }

        @Override
        public void close() throws IOException {
            connections.remove(this);
            client.close();
            if (forward != null) {
                forward.close();
            }
        }
    }
}
