package io.serverherd.operator.ops;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Notices a reconciliation that never ends, which nothing else would: the framework starts no second one for the same herd. */
public final class LoopWatch implements Metrics {
    /** Far more than a full-size herd takes on a slow API server. */
    static final Duration STUCK_AFTER = Duration.ofMinutes(5);

    private final Clock clock;
    private final Map<ResourceID, Instant> running = new ConcurrentHashMap<>();

    public LoopWatch(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void reconciliationStarted(HasMetadata herd, Map<String, Object> metadata) {
        running.put(ResourceID.fromResource(herd), clock.instant());
    }

    @Override
    public void reconciliationFinished(HasMetadata herd, RetryInfo retry, Map<String, Object> metadata) {
        running.remove(ResourceID.fromResource(herd));
    }

    /** Names the herds whose reconciliation began too long ago; empty when there is none. */
    public Optional<String> stuck() {
        Instant latest = clock.instant().minus(STUCK_AFTER);
        List<ResourceID> herds = running.entrySet().stream()
                .filter(entry -> entry.getValue().isBefore(latest))
                .map(Map.Entry::getKey)
                .toList();
        return herds.isEmpty() ? Optional.empty() : Optional.of("reconciliation does not end: " + herds);
    }
}
