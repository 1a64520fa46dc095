package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that reports its position without pause over one connection, waiting for each reply. The first reply that is
 * missing or wrong ends it and is told by {@link #stop}.
 */
public final class Traffic implements AutoCloseable {

    /** Traffic, not load: the tests share two cores with everything they start. */
    private static final Duration PACE = Duration.ofMillis(1);

    private final String client;
    private final LineClient connection;
    private final Duration pace;
    private final Thread thread;
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean stopping;
    private volatile String lastReply;
    private volatile String failure;

    private Traffic(String client, LineClient connection, Duration pace) {
        this.client = client;
        this.pace = pace;
        this.connection = connection;
        thread = new Thread(this::report, "traffic-" + client);
        thread.start();
    }

    static Traffic start(String client, InetSocketAddress server) throws IOException {
        return start(client, server, PACE);
    }

    /** @param pace between a reply and the next report */
    public static Traffic start(String client, InetSocketAddress server, Duration pace) throws IOException {
        return start(client, new LineClient(server), pace);
    }

    /** Over a connection that is there; it is closed with this. */
    static Traffic start(String client, LineClient connection) {
        return start(client, connection, PACE);
    }

    private static Traffic start(String client, LineClient connection, Duration pace) {
        Traffic traffic = new Traffic(client, connection, pace);
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
                    LockSupport.parkNanos(pace.toNanos());
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

    /** What went wrong so far; empty: nothing. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
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
