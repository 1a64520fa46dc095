package io.serverherd.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Someone on the wire between two servers, who hears all that goes over it. */
final class Relay implements AutoCloseable {
    private final ServerSocket port = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final int target;

    Relay(int target) throws IOException {
        this.target = target;
        run(this::accept);
    }

    int port() {
        return port.getLocalPort();
    }

    /** Both ways, a character a byte. */
    String heard() {
        return heard.toString(ISO_8859_1);
    }

    private void accept() throws IOException {
        while (true) {
            Socket near = port.accept();
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            run(() -> pass(near, far));
            run(() -> pass(far, near));
        }
    }

    private void pass(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            byte[] bytes = new byte[1 << 16];
            int length;
            while ((length = from.getInputStream().read(bytes)) >= 0) {
                heard.write(bytes, 0, length);
                to.getOutputStream().write(bytes, 0, length);
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // A connection of the test has ended.
                    }
                },
                "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        port.close();
    }
}
