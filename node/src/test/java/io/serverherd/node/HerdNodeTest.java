package io.serverherd.node;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.serverherd.node.config.HerdConfig;
import io.serverherd.node.config.Limits;
import io.serverherd.node.config.Neighbour;
import io.serverherd.node.config.PlacesConfig;
import io.serverherd.node.herd.HerdSnapshot;
import io.serverherd.node.net.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole servers over real sockets, on each transport. */
@ParameterizedClass
@EnumSource(Transport.class)
class HerdNodeTest {
    @Parameter
    Transport transport;

    private final Map<String, Server> servers = new LinkedHashMap<>();

    /** Its neighbours are told by name, once the others' ports are known. */
    private final class Server extends ServerUnderTest {
        Server(String name, int peerPort) throws IOException {
            super(transport, name, peerPort, Optional.empty());
        }

        void neighbours(String... names) {
            apply(Arrays.stream(names)
                    .map(neighbour -> at(neighbour, servers.get(neighbour).peerPort()))
                    .toList());
        }
    }

    @BeforeEach
    void transportIsThere() {
        assumeTrue(transport.isAvailable(), transport + " is not available here");
    }

    @AfterEach
    void end() {
        servers.values().forEach(Server::end);
    }

    @Test
    void aReportIsKnownToTheWholeHerdInTheSameBytes() throws IOException {
        fiveServers();
        String report = servers.get("Alford").says("IAMAT kiwi\u00ff +34.068930-118.445127 1479413884.392014450");

        for (Server server : servers.values()) {
            await(server.name).until(() -> server.says("WHATSAT kiwi\u00ff 1 1"), report::equals);
        }
        assertAllAgree(1);
    }

    @Test
    void manyReportsAtAllServersLeaveAllWithTheSameRecords() throws IOException {
        fiveServers();
        Server.burst(servers.values());

        assertAllAgree(500);
    }

    @Test
    void oneRecordCrossesEachEdgeAtMostTwice() throws IOException {
        fiveServers();
        await().until(() ->
                servers.values().stream().allMatch(server -> server.snapshot().reconciled()));
        long before = servers.values().stream()
                .mapToLong(server -> server.counters.linesFlooded)
                .sum();

        servers.get("Alford").says("IAMAT kiwi +1+1 5");
        assertAllAgree(1);

        await().untilAsserted(() -> assertThat(servers.values().stream()
                        .mapToLong(server -> server.counters.recordsReceived)
                        .sum())
                .isBetween(4L, 2L * 5 - (5 - 1)));
        assertThat(servers.values().stream()
                                .mapToLong(server -> server.counters.linesFlooded)
                                .sum()
                        - before)
                .isLessThanOrEqualTo(2 * 5 - (5 - 1));
    }

    @Test
    void aServerThatWasAwayCatchesUp() throws IOException {
        start("Alford", "Ball");
        servers.get("Alford").neighbours("Ball");
        servers.get("Ball").neighbours("Alford");
        servers.get("Alford").says("IAMAT kiwi +1+1 5");
        assertAllAgree(1);
        Server away = servers.get("Ball");
        away.end();
        await().until(() -> !servers.get("Alford").connected("Ball"));
        servers.get("Alford").says("IAMAT plum +1+1 5");

        // Another port, as a pod that comes back has another address.
        start("Ball");
        servers.get("Ball").neighbours("Alford");
        servers.get("Alford").neighbours("Ball");

        assertAllAgree(2);
        await().until(() -> servers.get("Ball").snapshot().reconciled());
    }

    @Test
    void twoHalvesOfAHerdAgreeWhenAnEdgeJoinsThem() throws IOException {
        start("Alford", "Ball");
        for (Server server : servers.values()) {
            try (LineClient client = new LineClient(server.node.clientAddress())) {
                StringBuilder input = new StringBuilder();
                for (int i = 0; i < 20_000; i++) {
                    input.append("IAMAT ")
                            .append(i % 2 == 0 ? "both" : server.name)
                            .append(i)
                            .append(" +1+1 5\n");
                }
                client.send(input + "end\n");
                String line;
                do {
                    line = client.line();
                } while (!line.equals("? end"));
            }
        }

        servers.get("Alford").neighbours("Ball");
        servers.get("Ball").neighbours("Alford");

        assertAllAgree(30_000);
        // Equal times: the greater origin wins on both.
        assertThat(servers.get("Alford").says("WHATSAT both0 1 1")).startsWith("AT Ball ");
    }

    @Test
    void removingAnEdgeClosesOnlyItsLinkAndNoClientConnection() throws IOException {
        fiveServers();
        Server alford = servers.get("Alford");
        Server welsh = servers.get("Welsh");
        HerdSnapshot.Peer before = alford.peer("Hamilton");
        try (LineClient client = new LineClient(alford.node.clientAddress())) {
            client.ask("x");

            alford.neighbours("Hamilton");
            welsh.neighbours("Ball");

            await().until(() -> !welsh.connected("Alford") && !alford.connected("Welsh"));
            assertThat(alford.snapshot().peers())
                    .extracting(HerdSnapshot.Peer::server)
                    .containsExactly("Hamilton");
            assertThat(alford.peer("Hamilton")).isEqualTo(before);
            assertThat(client.ask("IAMAT kiwi +1+1 5")).startsWith("AT Alford");
        }
        assertAllAgree(1);
    }

    @Test
    void bothEndsGreetAndAnIdleLinkIsKeptAlive() throws IOException {
        start("Ball");
        Server ball = servers.get("Ball");
        ball.apply(List.of(at("Alford", 1)));

        try (LineClient alford = new LineClient(ball.node.peerAddress())) {
            alford.send("PEER h Alford\n");

            assertThat(alford.line()).isEqualTo("PEER h Ball");
            assertThat(alford.line()).matches("DIGEST [0-9a-f]{16} 0");
            ball.says("IAMAT kiwi +1+1 5");
            assertThat(alford.line()).matches("AT Ball \\+\\d+\\.\\d{9} kiwi \\+1\\+1 5");
            assertThat(alford.line()).isEqualTo("PING");
            alford.send("AT Alford +0.5 plum +1+1 6\nIAMAT pear +1+1 5\nWHATSAT kiwi 1 1\nSUMMARY 1 2\n");
            await().until(() -> ball.says("WHATSAT plum 1 1"), "AT Alford +0.5 plum +1+1 6"::equals);
            assertThat(ball.says("WHATSAT pear 1 1")).startsWith("?");
            assertThat(alford.line()).isEqualTo("PING");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PEER other Alford", "PEER h Zed", "IAMAT kiwi +1+1 5", "hello", ""})
    void aStrangerIsClosedWithoutAWord(String first) throws IOException {
        start("Ball");
        servers.get("Ball").apply(List.of(at("Alford", 1)));

        try (LineClient stranger = new LineClient(servers.get("Ball").node.peerAddress())) {
            stranger.send(first + "\n");

            assertThat(stranger.rest()).isEmpty();
        }
    }

    @Test
    void aStrangerThatSendsNoLineIsClosed() throws IOException {
        start("Ball");

        try (LineClient stranger = new LineClient(servers.get("Ball").node.peerAddress())) {
            stranger.send("x".repeat(1_025));

            assertThat(stranger.rest()).isEmpty();
        }
    }

    @Test
    void theServerThatSortsFirstDials() throws IOException {
        start("Ball");
        Server ball = servers.get("Ball");
        try (ServerSocket zed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            zed.setSoTimeout(10_000);
            ball.apply(List.of(at("Zed", zed.getLocalPort())));

            try (Socket socket = zed.accept()) {
                byte[] hello = socket.getInputStream().readNBytes("PEER h Ball\n".length());
                assertThat(hello).asString().isEqualTo("PEER h Ball\n");
                assertThat(ball.connected("Zed")).isFalse();
                socket.getOutputStream().write("PEER h Zed\n".getBytes(US_ASCII));
                await().until(() -> ball.connected("Zed"));
            }
            // Lost, and dialled again.
            zed.accept().close();
        }
    }

    @Test
    void aNeighbourThatDoesNotReadHoldsUpNobodyAndCatchesUpWhenItReads() throws IOException {
        start("Ball", "Welsh");
        Server ball = servers.get("Ball");
        Server welsh = servers.get("Welsh");
        ball.apply(List.of(at("Alford", 1), at("Welsh", welsh.peerPort())));
        welsh.neighbours("Ball");
        await().until(() -> welsh.connected("Ball"));
        try (LineClient alford = new LineClient(ball.node.peerAddress());
                LineClient client = new LineClient(ball.node.clientAddress())) {
            alford.send("PEER h Alford\n");
            await().until(() -> ball.connected("Alford"));
            String padding = "x".repeat(8_000);

            int reports = 0;
            while (ball.counters.linesHeldBack == 0) {
                assertThat(client.ask("IAMAT c" + reports % 100 + padding + " +1+1 " + ++reports))
                        .startsWith("AT Ball");
                alford.send("PING\n");
            }
            int last = reports;

            await().until(() -> welsh.snapshot().digest(), ball.snapshot().digest()::equals);
            assertThat(ball.snapshot().clients()).isLessThanOrEqualTo(100);
            TreeSet<String> expected = new TreeSet<>();
            for (int report = Math.max(1, last - 99); report <= last; report++) {
                expected.add("c" + (report - 1) % 100 + padding + " +1+1 " + report);
            }
            while (!expected.isEmpty()) {
                String line = alford.line();
                if (line.startsWith("AT ")) {
                    expected.remove(line.split(" ", 4)[3]);
                } else if (line.startsWith("DIGEST")) {
                    alford.send("DIGEST 0000000000000000 0\nRECONCILED\n");
                }
            }
        }
    }

    @Test
    void serversThatAreFullKeepTheSameClients() throws IOException {
        start("Ball", "Welsh");
        Server ball = servers.get("Ball");
        Server welsh = servers.get("Welsh");
        ball.node.apply(limited(at("Welsh", welsh.peerPort()), 10));
        welsh.node.apply(limited(at("Ball", ball.peerPort()), 10));
        await().until(() -> ball.connected("Welsh"));

        for (int i = 0; i < 40; i++) {
            Server server = i % 2 == 0 ? ball : welsh;
            assertThat(server.says("IAMAT client" + i + " +1+1 " + (100 + i * 7 % 40)))
                    .startsWith("AT ");
        }

        assertAllAgree(10);
        await().until(() -> ball.counters.clientsEvicted > 0 && welsh.counters.clientsEvicted > 0);
        for (int i = 0; i < 40; i++) {
            boolean known = i * 7 % 40 >= 30;
            assertThat(ball.says("WHATSAT client" + i + " 1 1").startsWith("AT "))
                    .as("client%d", i)
                    .isEqualTo(known);
        }
        ball.node.apply(limited(at("Welsh", welsh.peerPort()), 3));
        await().until(() -> ball.snapshot().clients() == 3);
    }

    @Test
    void aPortInUseIsSaidByItsName() throws IOException {
        start("Ball");
        InetSocketAddress taken = servers.get("Ball").node.peerAddress();

        assertThatThrownBy(() -> new Server("Welsh", taken.getPort()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("peer port ")
                .hasMessageContaining(":" + taken.getPort())
                .hasMessageContaining("in use");
    }

    @Test
    void stoppingClosesClientsAndLinks() throws Exception {
        start("Alford", "Ball");
        servers.get("Alford").neighbours("Ball");
        servers.get("Ball").neighbours("Alford");
        await().until(() -> servers.get("Ball").connected("Alford"));
        try (LineClient client = new LineClient(servers.get("Alford").node.clientAddress())) {
            client.ask("x");

            servers.get("Alford").node.stop().toCompletableFuture().get(10, TimeUnit.SECONDS);

            assertThat(client.rest()).isEmpty();
        }
        await().until(() -> !servers.get("Ball").connected("Alford"));
    }

    private void start(String... names) throws IOException {
        for (String name : names) {
            servers.put(name, new Server(name, ServerUnderTest.ANY_PORT));
        }
    }

    /** The herd of Fall 2016, with all links up. */
    private void fiveServers() throws IOException {
        start("Alford", "Ball", "Hamilton", "Holiday", "Welsh");
        servers.get("Alford").neighbours("Hamilton", "Welsh");
        servers.get("Ball").neighbours("Welsh", "Holiday");
        servers.get("Hamilton").neighbours("Alford", "Holiday");
        servers.get("Holiday").neighbours("Ball", "Hamilton");
        servers.get("Welsh").neighbours("Alford", "Ball");
        await().until(() -> servers.values().stream()
                .allMatch(server -> server.snapshot().peers().stream().allMatch(HerdSnapshot.Peer::connected)));
    }

    private void assertAllAgree(int clients) {
        Server.assertAllAgree(servers.values(), clients);
    }

    private static Neighbour at(String server, int port) {
        return new Neighbour(server, "127.0.0.1", port, false);
    }

    private static HerdConfig limited(Neighbour neighbour, int clients) {
        Limits limits = new Limits(16_384, 10_000, 10_000, clients, 86_400);
        return new HerdConfig(List.of(neighbour), PlacesConfig.DEFAULT, limits, false, "");
    }
}
