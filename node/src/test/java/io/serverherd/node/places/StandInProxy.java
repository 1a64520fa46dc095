package io.serverherd.node.places;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP proxy that brings everybody to one place, whatever host they ask for: no name has to be looked up. */
public final class StandInProxy implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final int target;
    private final String wanted;

    /** @param target port on this machine; @param wanted header of a request it takes; empty: takes all */
    public StandInProxy(int target, String wanted) throws IOException {
        this.target = target;
        this.wanted = wanted;
        threads.execute(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** The head of each, as it came. */
    public List<String> requests() {
        return requests;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                // Closed.
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            // Nobody sends more before it is answered.
            BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
            while (true) {
                String head = head(in);
                if (head.isEmpty()) {
                    return;
                }
                requests.add(head);
                if (!wanted.isEmpty() && !head.contains(wanted)) {
                    say(
                            client,
                            "HTTP/1.1 407 Proxy Authentication Required\r\n"
                                    + "Proxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\n\r\n");
                } else if (head.startsWith("CONNECT ")) {
                    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
                        say(client, "HTTP/1.1 200 OK\r\n\r\n");
                        threads.execute(() -> pass(client, server));
                        pass(server, client);
                    }
                    return;
                } else {
                    say(client, "HTTP/1.1 200 OK\r\nContent-Length: 28\r\n\r\n{\"results\":[],\"status\":\"OK\"}");
                }
            }
        } catch (IOException e) {
            // One of both has ended it.
        }
    }

    private static String head(BufferedReader in) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            lines.add(line);
        }
        return String.join("\n", lines);
    }

    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    private static void pass(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // One of both has ended it.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
