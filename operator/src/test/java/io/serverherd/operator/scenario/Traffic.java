package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that reports its position without pause over one connection, waiting for each reply. The first reply that is
 * missing or wrong ends it and is told by {@link #stop}.
 */
final class Traffic implements AutoCloseable {

    /** Traffic, not load: the tests share two cores with everything they start. */
    private static final long PACE_NANOS = 1_000_000;

    private final String client;
    private final LineClient connection;
    private final Thread thread;
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean stopping;
    private volatile String lastReply;
    private volatile String failure;

    private Traffic(String client, InetSocketAddress server) throws IOException {
        this.client = client;
        connection = new LineClient(server);
        thread = new Thread(this::report, "traffic-" + client);
        thread.start();
    }

    static Traffic start(String client, InetSocketAddress server) throws IOException {
        Traffic traffic = new Traffic(client, server);
        await().atMost(OperatedCluster.PATIENCE).until(() -> traffic.answered.get() > 0 || traffic.failure != null);
        return traffic;
    }

    private void report() {
        long second = 1_500_000_000;
        while (!stopping && failure == null) {
            String report = client + " +34.068930-118.445127 " + second++;
            try {
                connection.send("IAMAT " + report);
                String reply = connection.readLine();
                if (reply.startsWith("AT ") && reply.endsWith(" " + report)) {
                    lastReply = reply;
                    answered.incrementAndGet();
                    LockSupport.parkNanos(PACE_NANOS);
                } else {
                    failure = "IAMAT " + report + " was answered " + reply;
                }
            } catch (IOException e) {
                failure = "IAMAT " + report + " was not answered: " + e.getMessage();
            }
        }
    }

    /** Waits until more reports were answered, so that what happened in between happened under traffic. */
    void awaitMore() {
        int before = answered.get();
        await().atMost(OperatedCluster.PATIENCE).until(() -> answered.get() > before + 10 || failure != null);
    }

    /**
     * Ends the reports; fails if any went wrong.
     *
     * @return the last reply: what every server of the herd must know in the end
     */
    String stop() {
        stopping = true;
        await().atMost(OperatedCluster.PATIENCE).until(() -> !thread.isAlive());
        assertThat(failure).isNull();
        return lastReply;
    }

    String client() {
        return client;
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        connection.close();
    }
}
