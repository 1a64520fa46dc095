package io.serverherd.bench.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes Google Places' place, and answers late or never. It leaves no connection open when it is closed. */
final class PlacesStub implements AutoCloseable {
    private static final String BODY = "{\"html_attributions\": [], \"results\": [], \"status\": \"ZERO_RESULTS\"}";
    private static final byte[] ANSWER = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
                    + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY)
            .getBytes(US_ASCII);
    private static final int BACKLOG = 200;

    private final ServerSocket listening = new ServerSocket(0, BACKLOG, InetAddress.getByName("127.0.0.1"));
    private final Optional<Duration> delay;
    private final Set<Socket> open = new HashSet<>();
    private boolean closed;

    /** @param delay before each answer; empty: it never comes */
    PlacesStub(Optional<Duration> delay) throws IOException {
        this.delay = delay;
        Background.thread("places-stub", this::accept).start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Thread thread = new Thread(() -> serve(client), "places-stub");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    private void serve(Socket client) {
        if (!keep(client)) {
            return;
        }
        try (client) {
            BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                // The request is of no interest.
            }
            if (delay.isPresent()) {
                Thread.sleep(delay.get().toMillis());
                client.getOutputStream().write(ANSWER);
            } else {
                in.read();
            }
        } catch (IOException e) {
            // The node has given up, or it is closed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            forget(client);
        }
    }

    private synchronized boolean keep(Socket client) {
        if (!closed) {
            open.add(client);
            return true;
        }
        close(client);
        return false;
    }

    private synchronized void forget(Socket client) {
        open.remove(client);
    }

    private static void close(Socket client) {
        try {
            client.close();
        } catch (IOException e) {
            // It is of no use any more.
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        listening.close();
        List.copyOf(open).forEach(PlacesStub::close);
    }
}
