package io.serverherd.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configured neighbour that means harm, beside one that does not. Each server has 64 MB of heap. */
class HostileNeighbourTest {
    private static final int MILLION = 1_000_000;
    private static final int LIMIT = 1_000;

    @TempDir
    private Path temp;

    private NodeRun alford;
    private NodeRun ball;
    private Socket hostile;

    /** Ball only waits to be dialled; and who means harm comes last, for its silence is borne for 5 s. */
    @BeforeEach
    void start() throws Exception {
        alford = new NodeRun(Files.createDirectory(temp.resolve("alford")));
        ball = new NodeRun(Files.createDirectory(temp.resolve("ball"))).with("HERD_SERVER", "Ball");
        ball.herdJson(herdJson(neighbour("Alford", alford.peerPort()))).started();
        alford.herdJson(herdJson(neighbour("Aaa", 9) + ", " + neighbour("Ball", ball.peerPort())))
                .started();
        await().until(() -> alford.metric("serverherd_links") == 1);
        introduce();
        await().until(() -> alford.metric("serverherd_links") == 2);
    }

    @AfterEach
    void end() throws IOException {
        alford.close();
        ball.close();
        if (hostile != null) {
            hostile.close();
        }
    }

    @Test
    void aMillionRepetitionsOfARecordEndHere() throws Exception {
        String since = sinceOfBall();

        send(MILLION, i -> "AT Aaa +0.1 kiwi +1+1 5\n");

        await().atMost(30, TimeUnit.SECONDS).until(() -> alford.metric("serverherd_records_received_total") == MILLION);
        assertThat(alford.metric("serverherd_records_flooded_total")).isEqualTo(1);
        assertHonestOnesAreServed(since);
    }

    @Test
    void aMillionNewClientsTakeThePlaceOfOlderOnesAndNoMoreMemory() throws Exception {
        String since = sinceOfBall();

        send(MILLION, i -> "AT Aaa +0.1 client" + i + " +1+1 " + i + "\n");

        // And more, where Ball does not keep up: the two then reconcile, and Ball sends some of what it has.
        await().atMost(30, TimeUnit.SECONDS).until(() -> alford.metric("serverherd_records_received_total") >= MILLION);
        assertThat(alford.status().path("clients").intValue()).isEqualTo(LIMIT);
        await().until(() -> alford.metric("serverherd_clients_evicted_total") >= MILLION - LIMIT);
        alford.awaitPrinted("clients.evicted limit=1000 evicted=");
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> ball.status().path("digest"), alford.status().path("digest")::equals);
        assertHonestOnesAreServed(since);
    }

    @Test
    void garbageClosesItsLinkAndNoOther() throws Exception {
        String since = sinceOfBall();

        send(1_000, i -> "\0\u00ff garbage " + i + "\n");

        await().until(() -> alford.metric("serverherd_links") == 1);
        assertHonestOnesAreServed(since);
        introduce();
        await().until(() -> alford.metric("serverherd_links") == 2);
    }

    private void assertHonestOnesAreServed(String since) throws Exception {
        assertThat(sinceOfBall()).isEqualTo(since);
        long now = System.currentTimeMillis() / 1_000;
        try (LineClient client = alford.client()) {
            assertThat(client.ask("IAMAT honest +1+1 " + now)).startsWith("AT Alford ");
        }
        try (LineClient client = ball.client()) {
            await().until(() -> client.ask("WHATSAT honest 1 1"), reply -> reply.startsWith("AT Alford "));
        }
    }

    /** Since when the link to the honest neighbour stands. */
    private String sinceOfBall() throws Exception {
        for (JsonNode peer : alford.status().path("peers")) {
            if (peer.path("server").textValue().equals("Ball")) {
                assertThat(peer.path("connected").booleanValue()).isTrue();
                return peer.path("since").textValue();
            }
        }
        throw new AssertionError(alford.status());
    }

    /** Dials and says its name; what comes is read and thrown away. */
    private void introduce() throws IOException {
        hostile = new Socket(InetAddress.getLoopbackAddress(), alford.peerPort());
        Socket socket = hostile;
        Thread reader = new Thread(() -> discard(socket), "discard");
        reader.setDaemon(true);
        reader.start();
        send(1, i -> "PEER test Aaa\n");
    }

    private void send(int lines, IntFunction<String> line) throws IOException {
        StringBuilder burst = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            burst.append(line.apply(i));
            if (burst.length() > 60_000 || i == lines - 1) {
                hostile.getOutputStream().write(burst.toString().getBytes(ISO_8859_1));
                burst.setLength(0);
            }
        }
    }

    private static void discard(Socket socket) {
        byte[] bytes = new byte[1 << 16];
        try {
            InputStream in = socket.getInputStream();
            while (in.read(bytes) >= 0) {
                // Thrown away.
            }
        } catch (IOException e) {
            // The server has closed it.
        }
    }

    private static String herdJson(String neighbours) {
        return "{\"neighbours\": [%s], \"limits\": {\"clients\": %d}}".formatted(neighbours, LIMIT);
    }

    private static String neighbour(String name, int port) {
        return "{\"server\": \"%s\", \"address\": \"127.0.0.1:%d\"}".formatted(name, port);
    }
}
