package io.serverherd.operator.ops;

import io.javaoperatorsdk.operator.health.ControllerHealthInfo;
import io.javaoperatorsdk.operator.health.EventSourceHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether the caches follow the API server. To the framework they are healthy also while it is out of reach. */
public final class WatchHealth {
    private final ControllerHealthInfo sources;
    private final Set<String> optional;

    /** @param optional names of those that the operator can do without: herds that can't say so themselves */
    public WatchHealth(ControllerHealthInfo sources, Set<String> optional) {
        this.sources = sources;
        this.optional = optional;
    }

    /** Names what is not being watched; empty when all is. */
    public Optional<String> problem() {
        List<String> broken = sources.eventSourceHealthIndicators().entrySet().stream()
                .filter(source -> !optional.contains(source.getKey()))
                .filter(source -> !isWatching(source.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return broken.isEmpty() ? Optional.empty() : Optional.of("watches without connection: " + broken);
    }

    private static boolean isWatching(EventSourceHealthIndicator source) {
        return !(source instanceof InformerWrappingEventSourceHealthIndicator<?> informers)
                || informers.informerHealthIndicators().values().stream()
                        .allMatch(informer -> informer.hasSynced() && informer.isWatching());
    }
}
