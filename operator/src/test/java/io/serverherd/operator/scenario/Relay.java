package io.serverherd.operator.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between a client and a server, to be hurt: nobody at either end is told of it. */
final class Relay implements AutoCloseable {
    private final InetSocketAddress server;
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private boolean held;

    Relay(InetSocketAddress server) throws IOException {
        this.server = server;
        start(this::accept);
    }

    /** Of this machine. */
    int port() {
        return listener.getLocalPort();
    }

    /** Nothing passes any more. */
    synchronized void hold() {
        held = true;
    }

    /** What was held passes, as nothing was lost. */
    synchronized void letGo() {
        held = false;
        notifyAll();
    }

    /** The connections that there are pass nothing ever again, as those of a machine that went without a word. */
    synchronized void forget() {
        connections.forEach(connection -> connection.forgotten = true);
        notifyAll();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                connections.add(new Connection(client, new Socket(server.getAddress(), server.getPort())));
            }
        } catch (IOException closed) {
            // By close(): nobody connects any more.
        }
    }

    /** Returns whether what was read may go on. */
    private synchronized boolean pass(Connection connection) throws InterruptedException {
        while (held && !connection.forgotten) {
            wait();
        }
        return !connection.forgotten;
    }

    private final class Connection {
        private final Socket client;
        private final Socket server;
        private boolean forgotten;

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
            start(() -> pump(client, server));
            start(() -> pump(server, client));
        }

        private void pump(Socket from, Socket to) {
            byte[] buffer = new byte[65_536];
            try {
                InputStream in = from.getInputStream();
                for (int read = in.read(buffer); pass(this); read = in.read(buffer)) {
                    if (read < 0) {
                        close();
                        return;
                    }
                    to.getOutputStream().write(buffer, 0, read);
                }
            } catch (IOException | InterruptedException ended) {
                close();
            }
        }

        private void close() {
            connections.remove(this);
            for (Socket end : new Socket[] {client, server}) {
                try {
                    end.close();
                } catch (IOException closedAlready) {
                    // That is what was wanted.
                }
            }
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        connections.forEach(Connection::close);
    }
}
