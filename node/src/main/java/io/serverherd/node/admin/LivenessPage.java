package io.serverherd.node.admin;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code /livez}: whether the event loop gets round to what it is given. */
public final class LivenessPage implements Page {
    private final Executor loop;
    private final Duration patience;

    public LivenessPage(Executor loop) {
        this(loop, Duration.ofSeconds(1));
    }

    LivenessPage(Executor loop, Duration patience) {
        this.loop = loop;
        this.patience = patience;
    }

    @Override
    public Answer answer() throws InterruptedException {
        try {
            CompletableFuture.runAsync(() -> {}, loop).get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return Answer.line(200, "ok");
        } catch (TimeoutException e) {
            return Answer.line(503, "the event loop did not answer within " + patience.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing was run that could fail", e);
        }
    }
}
