package io.serverherd.node.places;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Answers over TLS what was recorded, however often it is asked. */
public final class RecordedGoogle implements AutoCloseable {
    private final SSLServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch testEnds = new CountDownLatch(1);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final RecordedExchange exchange;

    public RecordedGoogle(SSLContext tls, RecordedExchange exchange) throws IOException {
        this.exchange = exchange;
        socket = (SSLServerSocket)
                tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Each with its line, all its headers and its body. */
    public List<String> requests() {
        return requests;
    }

    /** Those that have brought a request. */
    public int connections() {
        return connections.get();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                // Closed.
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            String request = request(in);
            if (request != null) {
                connections.incrementAndGet();
            }
            while (request != null) {
                requests.add(request);
                if (!answer(client.getOutputStream())) {
                    return;
                }
                request = request(in);
            }
        } catch (IOException e) {
            // The client has ended the connection, or has not believed who we are.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return null: no more come */
    private static String request(DataInputStream in) throws IOException {
        List<String> head = new ArrayList<>();
        int length = 0;
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            head.add(line);
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length: ")) {
                length = Integer.parseInt(line.substring(16));
            }
        }
        byte[] body = new byte[length];
        in.readFully(body);
        return head.isEmpty() ? null : String.join("\n", head) + "\n\n" + new String(body, UTF_8);
    }

    private static String line(DataInputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return null;
            }
            line.write(b);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    /** @return whether the connection goes on */
    private boolean answer(OutputStream out) throws IOException, InterruptedException {
        RecordedExchange now = exchange;
        byte[] body = now.answerBody();
        switch (now.delivery()) {
            case WHOLE -> send(out, head(now, "Content-Length: " + body.length), body);
            case CHUNKED -> send(out, head(now, "Transfer-Encoding: chunked"), chunks(body));
            case SLOW -> {
                send(out, head(now, "Content-Length: " + body.length));
                for (int from = 0; from < body.length; from += 400) {
                    testEnds.await(20, TimeUnit.MILLISECONDS);
                    send(out, Arrays.copyOfRange(body, from, Math.min(body.length, from + 400)));
                }
            }
            case GZIP -> {
                byte[] packed = gzip(body);
                send(out, head(now, "Content-Encoding: gzip", "Content-Length: " + packed.length), packed);
            }
            case TRUNCATED -> {
                send(out, head(now, "Content-Length: " + body.length), Arrays.copyOf(body, body.length / 2));
                return false;
            }
            case HANGS -> testEnds.await();
            case HANGS_WITHIN -> {
                send(out, head(now, "Content-Length: " + body.length), Arrays.copyOf(body, body.length / 2));
                testEnds.await();
            }
        }
        return true;
    }

    private static byte[] head(RecordedExchange exchange, String... framing) {
        List<String> head = new ArrayList<>(exchange.answerHead());
        head.addAll(List.of(framing));
        return (String.join("\r\n", head) + "\r\n\r\n").getBytes(ISO_8859_1);
    }

    private static byte[] chunks(byte[] body) throws IOException {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int from = 0; from < body.length; from += 7) {
            byte[] chunk = Arrays.copyOfRange(body, from, Math.min(body.length, from + 7));
            chunks.write((Integer.toHexString(chunk.length) + "\r\n").getBytes(ISO_8859_1));
            chunks.write(chunk);
            chunks.write("\r\n".getBytes(ISO_8859_1));
        }
        chunks.write("0\r\n\r\n".getBytes(ISO_8859_1));
        return chunks.toByteArray();
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body);
        }
        return packed.toByteArray();
    }

    private static void send(OutputStream out, byte[]... parts) throws IOException {
        for (byte[] part : parts) {
            out.write(part);
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        testEnds.countDown();
        socket.close();
        threads.shutdownNow();
    }
}
