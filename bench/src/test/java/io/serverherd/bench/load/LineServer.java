package io.serverherd.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.ServerSocketFactory;

/** A server that answers each line by what a test makes of it, cut anywhere as long as there are more lines to answer. */
final class LineServer implements Candidate {
    private final Dialogue dialogue = new Reports("Alford", 100);
    private final ServerSocket socket;
    private final UnaryOperator<String> answer;
    private final AtomicInteger lines = new AtomicInteger();

    LineServer(UnaryOperator<String> answer) throws IOException {
        this(answer, ServerSocketFactory.getDefault());
    }

    LineServer(UnaryOperator<String> answer, ServerSocketFactory sockets) throws IOException {
        this.answer = answer;
        socket = sockets.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        start(this::accept);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "line-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                start(() -> serve(client));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
            client.setTcpNoDelay(true);
            OutputStream out = client.getOutputStream();
            String held = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String all = held + answer.apply(line);
                int now = in.ready() ? all.length() * (lines.get() % 7) / 7 : all.length();
                out.write(all.substring(0, now).getBytes(US_ASCII));
                held = all.substring(now);
                lines.incrementAndGet();
            }
        } catch (IOException e) {
            // The client is gone.
        }
    }

    /** How many were answered. */
    int lines() {
        return lines.get();
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public Dialogue dialogue() {
        return dialogue;
    }

    @Override
    public List<ProcessHandle> processes() {
        return List.of(ProcessHandle.current());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
