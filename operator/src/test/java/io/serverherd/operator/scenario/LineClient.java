package io.serverherd.operator.scenario;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A client of a server as the protocol knows it: lines over TCP. */
final class LineClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;

    LineClient(InetSocketAddress server) throws IOException {
        this(connected(server));
    }

    /** With TLS. */
    LineClient(SSLContext tls, InetSocketAddress server) throws IOException {
        this(tls.getSocketFactory().createSocket(connected(server), server.getHostString(), server.getPort(), true));
    }

    private LineClient(Socket socket) throws IOException {
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream());
    }

    private static Socket connected(InetSocketAddress server) throws IOException {
        Socket socket = new Socket();
        socket.connect(server, TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    /**
     * Everything a server answers to some lines. A last line that is no command tells where the answers end: closing the
     * sending side would not do, since a port-forward takes that for the end of the conversation.
     */
    static String ask(InetSocketAddress server, String... lines) throws IOException {
        try (LineClient client = new LineClient(server)) {
            return client.ask(lines);
        }
    }

    /** The same with TLS. */
    static String ask(SSLContext tls, InetSocketAddress server, String... lines) throws IOException {
        try (LineClient client = new LineClient(tls, server)) {
            return client.ask(lines);
        }
    }

    private String ask(String... lines) throws IOException {
        send(lines);
        send("THAT IS ALL");
        StringBuilder answers = new StringBuilder();
        for (String line = readLine(); !line.equals("? THAT IS ALL"); line = readLine()) {
            answers.append(line).append('\n');
        }
        return answers.toString();
    }

    /** Of a server with TLS. */
    X509Certificate serverCertificate() throws IOException {
        SSLSession session = ((SSLSocket) socket).getSession();
        return (X509Certificate) session.getPeerCertificates()[0];
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
