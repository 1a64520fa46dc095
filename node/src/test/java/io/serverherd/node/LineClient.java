package io.serverherd.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client as anyone could write one: a blocking socket. Text is Latin-1, so that every byte is a character. */
public final class LineClient implements AutoCloseable {
    private static final int TIMEOUT = 10_000;

    private final Socket socket;
    /** The same without TLS. */
    private final Socket plain;

    private final InputStream in;

    public LineClient(InetSocketAddress server) throws IOException {
        this(server, null);
    }

    /** @param from the address it comes from; null: any */
    public LineClient(InetSocketAddress server, InetAddress from) throws IOException {
        this.plain = connected(server, from);
        this.socket = plain;
        in = new BufferedInputStream(socket.getInputStream());
    }

    private LineClient(SSLSocket socket, Socket plain) throws IOException {
        this.socket = socket;
        this.plain = plain;
        in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * With TLS.
     *
     * @param from the address it comes from; null: any
     * @param protocols of TLS that it speaks; none: those that Java does by default
     */
    public static LineClient overTls(SSLContext tls, InetSocketAddress server, InetAddress from, String... protocols)
            throws IOException {
        Socket plain = connected(server, from);
        SSLSocket socket =
                (SSLSocket) tls.getSocketFactory().createSocket(plain, server.getHostString(), server.getPort(), true);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        return new LineClient(socket, plain);
    }

    private static Socket connected(InetSocketAddress server, InetAddress from) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT);
        socket.connect(server, TIMEOUT);
        return socket;
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

    /** Without the word by which TLS tells that no more comes. */
    public void cutOff() throws IOException {
        plain.shutdownOutput();
    }

    /** Bytes that have not come through TLS. */
    public void sendBelowTls(byte[] bytes) throws IOException {
        plain.getOutputStream().write(bytes);
    }

    /** What the server shows; another handshake each time where TLS knows such. */
    public X509Certificate handshake() throws IOException {
        ((SSLSocket) socket).startHandshake();
        return (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0];
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
