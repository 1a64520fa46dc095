package io.serverherd.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is stopped while clients go on reporting, as on every roll-out. */
class StopUnderLoadTest {
    private static final int CLIENTS = 8;
    private static final int DEPTH = 16;
    private static final int ENOUGH = 2_000;

    @TempDir
    private Path temp;

    private NodeRun alford;
    private NodeRun ball;

    /** One client that reports in an endless row: its report number n is of time n. */
    private static final class Load extends Thread {
        private final String client;
        private final LineClient connection;
        private volatile int acknowledged;

        Load(String client, NodeRun server) throws IOException {
            this.client = client;
            this.connection = server.client();
        }

        @Override
        public void run() {
            try {
                while (true) {
                    StringBuilder reports = new StringBuilder();
                    for (int i = 1; i <= DEPTH; i++) {
                        reports.append("IAMAT %s +1+1 %d%n".formatted(client, acknowledged + i));
                    }
                    connection.send(reports.toString());
                    for (int i = 0; i < DEPTH; i++) {
                        String reply = connection.line();
                        if (reply == null || !reply.endsWith(" " + (acknowledged + 1))) {
                            return;
                        }
                        acknowledged++;
                    }
                }
            } catch (IOException e) {
                // The server has gone.
            }
        }
    }

    @AfterEach
    void end() {
        alford.close();
        ball.close();
    }

    @Test
    void whatWasAcknowledgedIsAtTheNeighbours() throws Exception {
        alford = new NodeRun(Files.createDirectory(temp.resolve("alford")));
        ball = new NodeRun(Files.createDirectory(temp.resolve("ball"))).with("HERD_SERVER", "Ball");
        alford.herdJson(neighbour("Ball", ball)).started();
        ball.herdJson(neighbour("Alford", alford)).started();
        await().until(() -> alford.metric("serverherd_links") == 1);
        List<Load> loads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            loads.add(new Load("client" + i, alford));
        }
        loads.forEach(Thread::start);
        await().until(() -> loads.stream().allMatch(load -> load.acknowledged > ENOUGH));

        long begin = System.nanoTime();
        alford.terminate();

        assertThat(alford.exitCode()).isZero();
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin)).isLessThan(5);
        for (Load load : loads) {
            load.join();
            load.connection.close();
            try (LineClient client = ball.client()) {
                String at = client.ask("WHATSAT " + load.client + " 1 1");
                assertThat(Integer.parseInt(at.substring(at.lastIndexOf(' ') + 1)))
                        .as(at)
                        .isGreaterThanOrEqualTo(load.acknowledged);
            }
        }
    }

    private static String neighbour(String name, NodeRun node) {
        return "{\"neighbours\": [{\"server\": \"%s\", \"address\": \"127.0.0.1:%d\"}]}"
                .formatted(name, node.peerPort());
    }
}
