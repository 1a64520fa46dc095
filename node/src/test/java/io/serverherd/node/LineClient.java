package io.serverherd.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A client as anyone could write one: a blocking socket. Text is Latin-1, so that every byte is a character. */
public final class LineClient implements AutoCloseable {
    private static final int TIMEOUT = 10_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    public LineClient(InetSocketAddress server) throws IOException {
        this(server, null);
    }

    /** @param from the address it comes from; null: any */
    public LineClient(InetSocketAddress server, InetAddress from) throws IOException {
        socket.bind(new InetSocketAddress(from, 0));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT);
        socket.connect(server, TIMEOUT);
        in = new BufferedInputStream(socket.getInputStream());
    }

    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    public String ask(String line) throws IOException {
        send(line + "\n");
        return line();
    }

    /** The next line without its LF; null at the end. */
    public String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int b;
        while ((b = in.read()) != '\n') {
            if (b < 0) {
                return line.length() == 0 ? null : line + "<end>";
            }
            line.append((char) b);
        }
        return line.toString();
    }

    /** All that comes until the server closes. */
    public String rest() throws IOException {
        return new String(in.readAllBytes(), ISO_8859_1);
    }

    /** So many bytes, or fewer where the server closes. */
    public String bytes(int count) throws IOException {
        return new String(in.readNBytes(count), ISO_8859_1);
    }

    public void endInput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
