package io.serverherd.operator.scenario;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client of a server as the protocol knows it: lines over TCP. */
final class LineClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;

    LineClient(InetSocketAddress server) throws IOException {
        socket = new Socket();
        socket.connect(server, TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Everything a server answers to some lines. A last line that is no command tells where the answers end: closing the
     * sending side would not do, since a port-forward takes that for the end of the conversation.
     */
    static String ask(InetSocketAddress server, String... lines) throws IOException {
        try (LineClient client = new LineClient(server)) {
            client.send(lines);
            client.send("THAT IS ALL");
            StringBuilder answers = new StringBuilder();
            for (String line = client.readLine(); !line.equals("? THAT IS ALL"); line = client.readLine()) {
                answers.append(line).append('\n');
            }
            return answers.toString();
        }
    }

    void send(String... lines) throws IOException {
        socket.getOutputStream().write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The next line, without its end; fails when the server closes or stays silent for 30 s. */
    String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the server closed the connection after \"" + line + "\"");
            }
            line.append((char) b);
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
