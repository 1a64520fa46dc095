package io.serverherd.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server is all of its herd here: nobody else has its records. It is killed under load, again and again ({@code -Dkills=},
 * 20 unless told), and what a client had an answer to 100 ms before must be there again.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("kills", 20);
    private static final long PROMISED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int CLIENTS = 500;
    private static final int DEPTH = 64;
    private static final Random RANDOM = new Random();

    @TempDir
    Path temp;

    /** Reports in an endless row: number n is of client n mod CLIENTS, at time n. */
    private final class Load extends Thread {
        private final LineClient connection = node.client();
        /** When a report and all before it were known to be acknowledged. */
        private final TreeMap<Long, Integer> acknowledged = new TreeMap<>();

        private int next;
        private volatile int count;

        Load(int first) throws IOException {
            super("load");
            next = first;
        }

        @Override
        public void run() {
            try {
                while (true) {
                    StringBuilder reports = new StringBuilder();
                    for (int i = 0; i < DEPTH; i++) {
                        int number = next + i;
                        reports.append("IAMAT c")
                                .append(number % CLIENTS)
                                .append(" +1+1 ")
                                .append(number)
                                .append('\n');
                    }
                    connection.send(reports.toString());
                    for (int i = 0; i < DEPTH; i++) {
                        if (connection.line() == null) {
                            return;
                        }
                    }
                    next += DEPTH;
                    count += DEPTH;
                    acknowledged.put(System.nanoTime(), next - 1);
                }
            } catch (IOException e) {
                // The server was killed.
            }
        }
    }

    private NodeRun node;

    @Test
    void whatWasAcknowledgedMoreThan100MillisecondsAgoSurvivesAKill() throws Exception {
        node = new NodeRun(temp)
                .with("HERD_DATA_DIR", temp.resolve("data").toString())
                .herdJson("{}");
        int[] kept = new int[CLIENTS];
        int next = 1;
        long oldest = 0;
        try {
            node.started();
            for (int kill = 1; kill <= KILLS; kill++) {
                Load load = new Load(next);
                load.start();
                int enough = 1_000 + RANDOM.nextInt(50_000);
                await().until(() -> load.count > enough);

                long killed = System.nanoTime();
                node.kill();
                load.join();
                load.connection.close();
                String log = node.stdout();

                int[] found = found();
                var promised = load.acknowledged.floorEntry(killed - PROMISED_NANOS);
                for (int number = next; promised != null && number <= promised.getValue(); number++) {
                    kept[number % CLIENTS] = number;
                }
                long age = ageOfOldestLost(load, found, next, killed);
                assertNothingIsLost(kill, kept, found, age, log);
                oldest = Math.max(oldest, age);
                kept = found;
                next = load.next + DEPTH;
            }
        } finally {
            node.close();
        }
        System.out.printf(
                "%d kills, nothing lost that was promised; the oldest acknowledged report that was lost had %d ms%n",
                KILLS, TimeUnit.NANOSECONDS.toMillis(oldest));
    }

    private static void assertNothingIsLost(int kill, int[] kept, int[] found, long age, String log) {
        for (int client = 0; client < CLIENTS; client++) {
            if (found[client] < kept[client]) {
                fail(
                        "kill %d: report %d of client %d is lost, %d is there; one that was acknowledged %d ms before"
                                + " the kill is; the server's log:%n%s",
                        kill, kept[client], client, found[client], TimeUnit.NANOSECONDS.toMillis(age), log);
            }
        }
    }

    /** How close to the promise it was: nanoseconds from the oldest acknowledgement of a lost report to the kill. */
    private static long ageOfOldestLost(Load load, int[] found, int first, long killed) {
        int number = first;
        for (var acknowledged : load.acknowledged.entrySet()) {
            for (; number <= acknowledged.getValue(); number++) {
                if (found[number % CLIENTS] < number) {
                    return Math.max(0, killed - acknowledged.getKey());
                }
            }
        }
        return 0;
    }

    /** Of each client, the number of its report that a new process knows; 0 where it knows none. */
    private int[] found() throws IOException {
        int[] found = new int[CLIENTS];
        node.started();
        try (LineClient client = node.client()) {
            for (int i = 0; i < CLIENTS; i++) {
                String at = client.ask("WHATSAT c" + i + " 1 1");
                if (at.startsWith("AT ")) {
                    found[i] = Integer.parseInt(at.substring(at.lastIndexOf(' ') + 1));
                    String line;
                    do {
                        line = client.line();
                    } while (!line.isEmpty());
                }
            }
            assertThat(node.status().path("data").textValue()).isEqualTo("ok");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return found;
    }
}
