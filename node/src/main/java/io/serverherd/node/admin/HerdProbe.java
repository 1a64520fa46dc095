package io.serverherd.node.admin;

import io.serverherd.node.herd.HerdSnapshot;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Asks the event loop for a snapshot, and gives up before the one who asked does. */
public final class HerdProbe {
    /** Kubernetes' probes wait for a second by default. */
    private static final long PATIENCE_MILLIS = 900;

    private final Supplier<CompletionStage<HerdSnapshot>> herd;

    public HerdProbe(Supplier<CompletionStage<HerdSnapshot>> herd) {
        this.herd = herd;
    }

    /** Empty when the event loop did not answer in time. */
    Optional<HerdSnapshot> snapshot() throws InterruptedException {
        try {
            return Optional.of(herd.get().toCompletableFuture().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the snapshot failed", e.getCause());
        }
    }
}
