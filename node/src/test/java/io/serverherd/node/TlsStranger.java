package io.serverherd.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.serverherd.node.tls.TestLeaf;
import io.serverherd.node.tls.TrustingTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** Someone who dials a peer port with TLS, trusts everyone and says what it likes. */
final class TlsStranger implements AutoCloseable {
    private static final int PATIENCE = 15_000;

    private final SSLContext tls;
    private final SSLSocket socket;

    /** @param leaf what it shows; null: nothing */
    TlsStranger(int port, TestLeaf leaf, String... protocols) throws IOException, GeneralSecurityException {
        this(port, TrustingTls.showing(leaf));
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
    }

    private TlsStranger(int port, SSLContext tls) throws IOException {
        this.tls = tls;
        socket = (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE);
    }

    /** The same one once more: it takes its session up again if it was given a ticket. */
    TlsStranger again() throws IOException {
        return new TlsStranger(socket.getPort(), tls);
    }

    /** The moment when its session was made. */
    long sessionBegan() {
        return socket.getSession().getCreationTime();
    }

    /** Says it, and gives all that comes back until the connection is closed in whatever way. */
    String says(String text) throws IOException {
        StringBuilder heard = new StringBuilder();
        try {
            send(text);
            int b;
            while ((b = socket.getInputStream().read()) >= 0) {
                heard.append((char) b);
            }
        } catch (SSLException | SocketException e) {
            // To be refused is one way to be closed. A read that times out is not.
        }
        return heard.toString();
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    /** So many bytes of what comes. */
    String hears(int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), ISO_8859_1);
    }

    /** What the server shows. */
    X509Certificate serverCertificate() throws IOException {
        socket.startHandshake();
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
