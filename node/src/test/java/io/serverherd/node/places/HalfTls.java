package io.serverherd.node.places;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A server that names its version of TLS, and then nothing more: by hand, for no Java of today would speak TLS 1.1. */
public final class HalfTls implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final byte[] hello;

    /** @param minorVersion 2: TLS 1.1; 3: TLS 1.2 */
    public HalfTls(int minorVersion) throws IOException {
        this.hello = serverHello(minorVersion);
        Thread thread = new Thread(this::greetAll, "half-tls");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return socket.getLocalPort();
    }

    private void greetAll() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                DataInputStream in = new DataInputStream(client.getInputStream());
                in.skipNBytes(3);
                in.skipNBytes(in.readUnsignedShort());
                client.getOutputStream().write(hello);
                // What else the client says, until it goes.
                in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // Closed, by the test or by who asked.
                continue;
            }
        }
    }

    /** Its beginning. */
    private static byte[] serverHello(int minorVersion) {
        ByteBuffer hello = ByteBuffer.allocate(47);
        hello.put(new byte[] {22, 3, (byte) minorVersion, 0, 42, 2, 0, 0, 38, 3, (byte) minorVersion});
        hello.position(hello.position() + 32);
        // No session, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, no compression.
        hello.put(new byte[] {0, (byte) 0xc0, 0x2f, 0});
        return hello.array();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
