package io.serverherd.operator.ops;

import io.javaoperatorsdk.operator.api.reconciler.ResourceCache;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.serverherd.operator.api.HerdCondition;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.api.ServerHerdStatus;
import io.serverherd.operator.api.ServerStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Gauges of every herd, read from the cache of herds when they are asked for: a deleted herd leaves none behind. */
public final class HerdMetrics {
    private final Map<MultiGauge, ToDoubleFunction<ServerHerdStatus>> gauges = new LinkedHashMap<>();
    private volatile ResourceCache<ServerHerd> herds;

    public HerdMetrics(MeterRegistry registry) {
        gauge(registry, "serverherd.servers", "Servers the herd has", status -> status.servers()
                .size());
        gauge(registry, "serverherd.servers.ready", "Servers that are ready", status -> status.servers().stream()
                .filter(ServerStatus::ready)
                .count());
        gauge(registry, "serverherd.links", "Ends of edges the herd has", status -> status.servers().stream()
                .mapToInt(ServerStatus::neighbours)
                .sum());
        gauge(
                registry,
                "serverherd.links.connected",
                "Ends of edges that say connected",
                status -> status.servers().stream()
                        .mapToInt(ServerStatus::connected)
                        .sum());
        gauge(registry, "serverherd.ready", "1 when the condition Ready is true", status -> holds(status, "Ready"));
        gauge(
                registry,
                "serverherd.converged",
                "1 when the condition TopologyConverged is true",
                status -> holds(status, "TopologyConverged"));
    }

    /** From now on. */
    public void read(ResourceCache<ServerHerd> cache) {
        herds = cache;
    }

    /** To be called before the registry is read. */
    void refresh() {
        List<ServerHerd> all = herds == null
                ? List.of()
                : herds.list().filter(herd -> herd.getStatus() != null).toList();
        gauges.forEach((gauge, value) ->
                gauge.register(all.stream().map(herd -> row(herd, value)).toList(), true));
    }

    private void gauge(
            MeterRegistry registry, String name, String description, ToDoubleFunction<ServerHerdStatus> value) {
        gauges.put(MultiGauge.builder(name).description(description).register(registry), value);
    }

    private static MultiGauge.Row<?> row(ServerHerd herd, ToDoubleFunction<ServerHerdStatus> value) {
        return MultiGauge.Row.of(
                Tags.of(
                        "namespace", herd.getMetadata().getNamespace(),
                        "herd", herd.getMetadata().getName()),
                value.applyAsDouble(herd.getStatus()));
    }

    private static double holds(ServerHerdStatus status, String type) {
        return status.condition(type).filter(HerdCondition::holds).isPresent() ? 1 : 0;
    }
}
