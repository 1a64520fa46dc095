package io.serverherd.operator.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.serverherd.operator.api.ServerHerd;

/** Objects of one kind, by label. The herd whose label an object had is told too, or nobody would put the label right. */
final class LabelledObjects<R extends HasMetadata> extends InformerEventSource<R, ServerHerd> {

    LabelledObjects(InformerEventSourceConfiguration<R> configuration, EventSourceContext<ServerHerd> context) {
        super(configuration, context);
    }

    /** Not while the API server can't be reached, or does not know the kind any more: then it tries again and again. */
    boolean isWatching() {
        return informerHealthIndicators().values().stream()
                .allMatch(informer -> informer.hasSynced() && informer.isWatching());
    }

    @Override
    public void onUpdate(R before, R now) {
        super.onUpdate(before, now);
        HerdEventSources.herdOf(before).stream()
                .filter(herd -> !HerdEventSources.herdOf(now).contains(herd))
                .forEach(herd -> getEventHandler().handleEvent(new Event(herd)));
    }
}
