package io.serverherd.node;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Holds back all that is written from the moment when the other end has said something, to send it in one piece. */
final class CorkedSocket extends Socket {
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private volatile boolean corked;

    CorkedSocket(InetSocketAddress server) throws IOException {
        connect(server, 10_000);
        setSoTimeout(10_000);
    }

    void uncork() throws IOException {
        super.getOutputStream().write(held.toByteArray());
    }

    @Override
    public InputStream getInputStream() throws IOException {
        InputStream in = super.getInputStream();
        return new InputStream() {
            @Override
            public int read() throws IOException {
                corked = true;
                return in.read();
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                corked = true;
                return in.read(bytes, from, length);
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        OutputStream out = super.getOutputStream();
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                (corked ? held : out).write(bytes, from, length);
            }
        };
    }
}
