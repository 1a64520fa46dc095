package io.serverherd.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoop;
import io.serverherd.node.config.HerdConfig;
import io.serverherd.node.config.Limits;
import io.serverherd.node.config.Neighbour;
import io.serverherd.node.config.PlacesConfig;
import io.serverherd.node.config.ProxyRules;
import io.serverherd.node.herd.HerdSnapshot;
import io.serverherd.node.log.MessageLog;
import io.serverherd.node.metrics.Counters;
import io.serverherd.node.net.Transport;
import io.serverherd.node.tls.LivePeerCredentials;
import io.serverherd.node.tls.LiveTls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A whole server of herd h within the test's process, over real sockets. */
class ServerUnderTest {
    static final int ANY_PORT = 0;
    private static final Path NO_FOLDER = Path.of("/nowhere");

    final String name;
    final EventLoop loop;
    final Counters counters = new Counters();
    final MessageLog messages = new MessageLog(Clock.systemUTC());
    final HerdNode node;

    ServerUnderTest(Transport transport, String name, int peerPort, Optional<LivePeerCredentials> credentials)
            throws IOException {
        this(transport, name, peerPort, new LiveTls(credentials, Optional.empty()));
    }

    ServerUnderTest(Transport transport, String name, int peerPort, LiveTls tls) throws IOException {
        this.name = name;
        this.loop = transport.newEventLoop();
        HeldPlaces places = new HeldPlaces(loop);
        places.answerAtOnce();
        NodeConfig settings = new NodeConfig(
                "h",
                name,
                "127.0.0.1",
                ANY_PORT,
                peerPort,
                ANY_PORT,
                NO_FOLDER,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                transport,
                Optional.empty(),
                ProxyRules.NONE);
        node = HerdNode.start(transport, loop, settings, HerdConfig.NONE, places, tls, counters, messages);
    }

    int peerPort() {
        return node.peerAddress().getPort();
    }

    void apply(List<Neighbour> neighbours) {
        node.apply(new HerdConfig(neighbours, PlacesConfig.DEFAULT, Limits.DEFAULT, false, ""));
    }

    void limits(Limits limits) {
        node.apply(new HerdConfig(List.of(), PlacesConfig.DEFAULT, limits, false, ""));
    }

    HerdSnapshot snapshot() {
        return node.snapshot().toCompletableFuture().join();
    }

    /** How it stands with a configured neighbour. */
    HerdSnapshot.Peer peer(String neighbour) {
        return snapshot().peers().stream()
                .filter(peer -> peer.server().equals(neighbour))
                .findFirst()
                .orElseThrow();
    }

    boolean connected(String neighbour) {
        return snapshot().peers().stream().anyMatch(peer -> peer.server().equals(neighbour) && peer.connected());
    }

    String says(String line) throws IOException {
        try (LineClient client = new LineClient(node.clientAddress())) {
            return client.ask(line);
        }
    }

    /** 20,000 reports of 500 clients to each, at once; returns when all are answered. */
    static void burst(Collection<? extends ServerUnderTest> servers) throws IOException {
        StringBuilder input = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            input.append("IAMAT c").append(i % 500).append(" +1+1 ").append(i).append('\n');
        }
        List<LineClient> clients = new ArrayList<>();
        for (ServerUnderTest server : servers) {
            LineClient client = new LineClient(server.node.clientAddress());
            clients.add(client);
            client.send(input + "end\n");
        }
        for (LineClient client : clients) {
            String line;
            do {
                line = client.line();
            } while (!line.equals("? end"));
            client.close();
        }
    }

    /** In time: that many clients' records each, and all the same. */
    static void assertAllAgree(Collection<? extends ServerUnderTest> servers, int clients) {
        await().untilAsserted(() -> {
            for (ServerUnderTest server : servers) {
                assertThat(server.snapshot().clients()).as(server.name).isEqualTo(clients);
                assertThat(server.snapshot().digest())
                        .as(server.name)
                        .isEqualTo(servers.iterator().next().snapshot().digest());
            }
        });
    }

    void end() {
        loop.parent().shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        messages.close();
    }
}
