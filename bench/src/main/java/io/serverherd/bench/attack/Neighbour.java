package io.serverherd.bench.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.serverherd.bench.load.Latencies;
import io.serverherd.bench.load.Reports;
import io.serverherd.bench.micro.HerdEnd;
import io.serverherd.node.protocol.LineBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * A neighbour of the node, with nothing to report: it dials, takes what is flooded to it, reconciles when the node wants
 * to, and sends PING each second. When told so it stops to read, and goes on with its PINGs, so that the link lives.
 */
final class Neighbour implements AutoCloseable {
    /** A small one: what the kernels hold is not what the node holds. */
    private static final int RECEIVE_BUFFER = 1 << 16;

    private static final int READ = 1 << 17;
    private static final int CLIENTS = 100_000;
    private static final int PERIOD = 500;
    private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final byte[] PING = "PING\n".getBytes(US_ASCII);

    private final Reports reports;
    private final Socket socket = new Socket();
    private final HerdEnd end = new HerdEnd(CLIENTS);
    private final byte[] buf = new byte[READ];
    private final Thread thread;
    private int held;
    private long pinged;
    private Latencies latencies = new Latencies();
    private volatile boolean reading = true;
    private volatile boolean closing;
    private volatile IOException failure;

    /** @param reports tell when a record was sent by its client */
    Neighbour(String server, InetSocketAddress node, Reports reports) throws IOException {
        this.reports = reports;
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.setTcpNoDelay(true);
        socket.connect(node);
        socket.setSoTimeout(PERIOD);
        send(("PEER bench " + server + "\n").getBytes(US_ASCII));
        thread = new Thread(this::live, "neighbour");
        thread.setDaemon(true);
        thread.start();
    }

    void stopReading() {
        reading = false;
    }

    synchronized void readAgain() {
        reading = true;
        notifyAll();
    }

    private synchronized void pause() throws InterruptedException {
        if (!reading) {
            wait(PERIOD);
        }
    }

    /** What the node tells of itself when the two hold the same. */
    synchronized String held() throws IOException {
        if (failure != null) {
            throw failure;
        }
        return "%d %016x".formatted(end.size(), end.digest());
    }

    /** How long records that came since the last call took from their clients. */
    synchronized Latencies latencies() {
        Latencies taken = latencies;
        latencies = new Latencies();
        return taken;
    }

    private void live() {
        try {
            while (!closing) {
                if (reading) {
                    read();
                } else {
                    pause();
                }
                if (System.nanoTime() - pinged > PING_NANOS) {
                    send(PING);
                    pinged = System.nanoTime();
                }
            }
        } catch (IOException e) {
            failure = closing ? null : e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() throws IOException {
        try {
            InputStream in = socket.getInputStream();
            int read = in.read(buf, held, READ - held);
            if (read < 0) {
                throw new IOException("the node has closed the link");
            }
            take(held + read);
        } catch (SocketTimeoutException e) {
            // There is nothing new.
        }
    }

    private synchronized void take(int to) throws IOException {
        int from = 0;
        for (int i = held; i < to; i++) {
            if (buf[i] == '\n') {
                if (buf[from] == 'A') {
                    latencies.add(reports.age(buf, i));
                }
                end.receive(buf, from, i);
                from = i + 1;
            }
        }
        held = to - from;
        System.arraycopy(buf, from, buf, 0, held);
        for (LineBuffer out = end.say(); out.length() > 0; out = end.say()) {
            socket.getOutputStream().write(out.array(), 0, out.length());
            out.clear();
        }
    }

    private void send(byte[] line) throws IOException {
        socket.getOutputStream().write(line);
    }

    @Override
    public void close() throws IOException {
        closing = true;
        socket.close();
    }
}
