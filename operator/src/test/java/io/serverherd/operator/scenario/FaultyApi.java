package io.serverherd.operator.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An API server's front that keeps every request and, when told to, fails as API servers and what stands before them fail:
 * they refuse and repeat what they were sent, break off, lose answers and garble them. Watches are let through, and cut.
 */
final class FaultyApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Fault[] FAULTS = Fault.values();

    /** How an exchange goes. */
    private enum Fault {
        NONE,
        INVALID(422, "Invalid"),
        /** The request is not passed on. */
        NO_ANSWER,
        BAD_REQUEST(400, "BadRequest"),
        /** A key loses its first quote. */
        GARBLED,
        INTERNAL(500, "InternalError"),
        /** The request is passed on. */
        ANSWER_LOST,
        FORBIDDEN(403, "Forbidden"),
        /** All texts are lists. */
        OTHER_TYPE,
        CONFLICT(409, "Conflict"),
        TRUNCATED;

        final int code;
        final String reason;

        Fault() {
            this(0, "");
        }

        Fault(int code, String reason) {
            this.code = code;
            this.reason = reason;
        }
    }

    /** @param head with its line; @param body as text */
    record Request(String head, String body) {
        boolean watches() {
            return line().contains("watch=true");
        }

        boolean upgrades() {
            return head.toLowerCase(Locale.ROOT).contains("upgrade: websocket");
        }

        String line() {
            return head.substring(0, head.indexOf('\r'));
        }

        /** A Secret is sent to where Secrets are. */
        boolean writesASecret() {
            return line().contains("/secrets") && !body.isEmpty();
        }

        String all() {
            return head + body;
        }
    }

    private final InetSocketAddress server;
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final Set<Socket> watches = ConcurrentHashMap.newKeySet();
    private final AtomicInteger exchanges = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean failing;

    FaultyApi(InetSocketAddress server) throws IOException {
        this.server = server;
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    void failing(boolean on) {
        failing = on;
    }

    /** Exchanges that went wrong, and watches that were cut. */
    int failures() {
        return failures.get();
    }

    Queue<Request> requests() {
        return requests;
    }

    void cutWatches() throws IOException {
        for (Socket watch : watches) {
            failures.incrementAndGet();
            watch.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            start(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        try (client;
                Socket upstream = new Socket(server.getAddress(), server.getPort())) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            Request request = read(in);
            requests.add(request);
            if (request.watches()) {
                watch(request, client, in, upstream);
                return;
            }
            Fault fault = failing ? FAULTS[exchanges.getAndIncrement() % FAULTS.length] : Fault.NONE;
            if (fault != Fault.NONE) {
                failures.incrementAndGet();
            }
            answer(fault, request, upstream, client.getOutputStream());
        } catch (IOException ended) {
            // By one of both, or by us.
        }
    }

    private static Request read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int length = 0;
        boolean chunked = false;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            } else if (header.startsWith("transfer-encoding:")) {
                chunked = true;
            } else {
                head.append(line).append("\r\n");
            }
        }
        byte[] body = chunked ? chunks(in) : in.readNBytes(length);
        return new Request(head.toString(), new String(body, UTF_8));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException();
            }
            line.write(b);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    private void watch(Request request, Socket client, InputStream in, Socket upstream) throws IOException {
        watches.add(client);
        try {
            send(request, upstream, request.upgrades() ? "" : "Connection: close\r\n");
            start(() -> {
                in.transferTo(upstream.getOutputStream());
                upstream.close();
            });
            upstream.getInputStream().transferTo(client.getOutputStream());
        } finally {
            watches.remove(client);
        }
    }

    private static void answer(Fault fault, Request request, Socket upstream, OutputStream out) throws IOException {
        if (fault == Fault.NO_ANSWER) {
            return;
        }
        if (fault.code > 0) {
            out.write(refusal(fault, request).getBytes(UTF_8));
            return;
        }
        send(request, upstream, "Connection: close\r\n");
        byte[] answer = upstream.getInputStream().readAllBytes();
        switch (fault) {
            case ANSWER_LOST -> {}
            case TRUNCATED -> out.write(Arrays.copyOf(answer, answer.length * 2 / 3));
            case GARBLED -> out.write(changed(answer, "key\":\"(?=[A-Za-z0-9+/]{40})", "key\": "));
            case OTHER_TYPE -> out.write(changed(answer, "\"data\":(?=\\{)", "\"data\":[7],\"type\":"));
            default -> out.write(answer);
        }
    }

    /** The body keeps its length, or its end is cut off. */
    private static byte[] changed(byte[] answer, String pattern, String replacement) {
        String text = new String(answer, ISO_8859_1).replaceAll(pattern, replacement);
        return Arrays.copyOf(text.getBytes(ISO_8859_1), answer.length);
    }

    private static void send(Request request, Socket upstream, String more) throws IOException {
        List<String> head = new ArrayList<>();
        for (String line : request.head().split("\r\n")) {
            String header = line.toLowerCase(Locale.ROOT);
            boolean ofTheConnection = header.startsWith("connection:")
                    || header.startsWith("upgrade:")
                    || header.startsWith("http2-settings:");
            if (request.upgrades() || !ofTheConnection) {
                head.add(line);
            }
        }
        byte[] body = request.body().getBytes(UTF_8);
        String length = body.length > 0 ? "Content-Length: " + body.length + "\r\n" : "";
        OutputStream out = upstream.getOutputStream();
        out.write((String.join("\r\n", head) + "\r\n" + more + length + "\r\n").getBytes(ISO_8859_1));
        out.write(body);
        out.flush();
    }

    /** As some say it: with what they refuse. */
    private static String refusal(Fault fault, Request request) throws IOException {
        String status = JSON.writeValueAsString(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Status",
                "status",
                "Failure",
                "code",
                fault.code,
                "reason",
                fault.reason,
                "message",
                fault.reason + ": cannot be handled: |" + request.body() + "|"));
        return "HTTP/1.1 " + fault.code + " " + fault.reason + "\r\nContent-Type: application/json\r\nContent-Length: "
                + status.getBytes(UTF_8).length + "\r\nConnection: close\r\n\r\n" + status;
    }

    /** What ends with its connection. */
    private interface Task {
        void run() throws IOException;
    }

    private static void start(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException ended) {
                        // By close() or one of the ends.
                    }
                },
                "faulty-api");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket watch : watches) {
            watch.close();
        }
    }
}
