package io.serverherd.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.netty.channel.EventLoop;
import io.serverherd.node.config.HerdConfig;
import io.serverherd.node.config.Limits;
import io.serverherd.node.config.Neighbour;
import io.serverherd.node.config.PlacesConfig;
import io.serverherd.node.config.ProxyRules;
import io.serverherd.node.log.MessageLog;
import io.serverherd.node.metrics.Counters;
import io.serverherd.node.net.Transport;
import io.serverherd.node.tls.LiveTls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A steady load of reports and the records that follow from them cost no garbage, from the socket and back to it. On
 * epoll: Netty's io_uring allocates some 230 bytes for each burst that is read and answered, the JDK's selector 16.
 */
class AllocationTest {
    private static final int CONNECTIONS = 8;
    private static final int DEPTH = 16;
    private static final int CLIENTS = 1_000;
    private static final int ROUNDS = 1_500;

    private final Transport transport = Transport.EPOLL;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<Server> servers = new ArrayList<>();
    private int time = 1_000;

    private final class Server {
        final String name;
        final Counters counters = new Counters();
        final EventLoop loop = transport.newEventLoop();
        final MessageLog messages = new MessageLog(Clock.systemUTC());
        final HerdNode node;
        final long thread;

        Server(String name) throws Exception {
            this.name = name;
            NodeConfig settings = new NodeConfig(
                    "h",
                    name,
                    "127.0.0.1",
                    0,
                    0,
                    0,
                    Path.of("unused"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    transport,
                    Optional.empty(),
                    ProxyRules.NONE);
            node = HerdNode.start(
                    transport, loop, settings, HerdConfig.NONE, (query, reply) -> {}, LiveTls.NONE, counters, messages);
            thread = loop.submit(() -> Thread.currentThread().getId()).get();
            servers.add(this);
        }

        void neighbour(Server neighbour) {
            InetSocketAddress address = neighbour.node.peerAddress();
            node.apply(new HerdConfig(
                    List.of(new Neighbour(neighbour.name, "127.0.0.1", address.getPort(), false)),
                    PlacesConfig.DEFAULT,
                    Limits.DEFAULT,
                    false,
                    ""));
        }

        double allocated() {
            return threads.getThreadAllocatedBytes(thread);
        }
    }

    @AfterEach
    void end() {
        for (Server server : servers) {
            server.loop.parent().shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
            server.messages.close();
        }
    }

    @Test
    void aReportAllocatesNothingHereNorAtTheNeighbour() throws Exception {
        assumeTrue(transport.isAvailable(), transport + " is not available here");
        Server alford = new Server("Alford");
        Server ball = new Server("Ball");
        alford.neighbour(ball);
        ball.neighbour(alford);
        await().until(() -> alford.counters.linksUp == 1);
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            clients.add(new Socket(
                    alford.node.clientAddress().getAddress(),
                    alford.node.clientAddress().getPort()));
        }

        load(clients, ball);
        double here = alford.allocated();
        double there = ball.allocated();
        long reports = ball.counters.recordsStored;
        load(clients, ball);
        reports = ball.counters.recordsStored - reports;

        assertThat(reports).isEqualTo((long) ROUNDS * CONNECTIONS * DEPTH);
        // The heartbeat of the link and a look at the clock each second are not for nothing, but they are not per
        // report.
        assertThat((alford.allocated() - here) / reports).as("bytes a report").isLessThan(1);
        assertThat((ball.allocated() - there) / reports)
                .as("bytes a record at the neighbour")
                .isLessThan(1);
        for (Socket client : clients) {
            client.close();
        }
    }

    /** Bursts of reports over all connections; done when the neighbour has them too. */
    private void load(List<Socket> clients, Server last) throws IOException {
        long before = last.counters.recordsReceived;
        byte[] replies = new byte[1 << 16];
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder burst = new StringBuilder();
            for (Socket client : clients) {
                burst.setLength(0);
                for (int i = 0; i < DEPTH; i++) {
                    burst.append(
                            "IAMAT client%04d +34.068930-118.445127 %d.500000000\n".formatted(time % CLIENTS, time));
                    time++;
                }
                OutputStream out = client.getOutputStream();
                out.write(burst.toString().getBytes(ISO_8859_1));
            }
            for (Socket client : clients) {
                readLines(client.getInputStream(), replies);
            }
        }
        await().until(() -> last.counters.recordsReceived == before + (long) ROUNDS * CONNECTIONS * DEPTH);
    }

    private static void readLines(InputStream in, byte[] buf) throws IOException {
        int lines = 0;
        while (lines < DEPTH) {
            int read = in.read(buf);
            assertThat(read).isPositive();
            for (int i = 0; i < read; i++) {
                lines += buf[i] == '\n' ? 1 : 0;
            }
        }
    }
}
