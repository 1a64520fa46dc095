package io.serverherd.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;

/** Reports new clients to a server, one after the other, until it is ended. */
final class Traffic implements Runnable {
    private final ServerUnderTest to;
    private final Thread thread = new Thread(this, "traffic");
    private volatile boolean ended;
    private volatile int answered;
    private volatile Throwable failed;

    Traffic(ServerUnderTest to) {
        this.to = to;
        thread.start();
        await().until(() -> answered > 100);
    }

    @Override
    public void run() {
        try (LineClient client = new LineClient(to.node.clientAddress())) {
            for (int i = 0; !ended; i++) {
                assertThat(client.ask("IAMAT client" + i + " +1+1 5")).startsWith("AT " + to.name);
                answered = i + 1;
            }
        } catch (IOException | AssertionError e) {
            failed = e;
        }
    }

    /** How many were reported; some of them after all that the test has done. */
    int end() throws InterruptedException {
        int now = answered;
        await().until(() -> answered > now + 100 || failed != null);
        ended = true;
        thread.join();
        assertThat(failed).isNull();
        return answered;
    }
}
