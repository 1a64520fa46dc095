package io.serverherd.operator.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.serverherd.operator.api.ServerHerd;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The operator's own objects of one kind, watched from when that is possible: not every operator is allowed to, and not every
 * cluster knows the kind. One that can't still serves herds that need none of them.
 */
public final class OptionalWatch<R extends HasMetadata> {
    private final Class<R> kind;
    private final Supplier<Availability> look;
    private EventSourceContext<ServerHerd> sources;
    private LabelledObjects<R> source;

    /** @param look asks the API server */
    public OptionalWatch(Class<R> kind, Supplier<Availability> look) {
        this.kind = kind;
        this.look = look;
    }

    /** Its name among the event sources. */
    public String name() {
        return kind.getSimpleName();
    }

    /** At start. */
    synchronized Optional<EventSource<?, ServerHerd>> prepare(EventSourceContext<ServerHerd> context) {
        sources = context;
        source = look.get() == Availability.AVAILABLE ? HerdEventSources.informer(kind, context) : null;
        return Optional.ofNullable(source);
    }

    /** Begins to watch where that has become possible; asks only while nothing is watched. */
    public synchronized Availability of(Context<ServerHerd> context) {
        if (source != null && source.isWatching()) {
            return Availability.AVAILABLE;
        }
        Availability now = look.get();
        if (now == Availability.AVAILABLE && source == null) {
            LabelledObjects<R> made = HerdEventSources.informer(kind, sources);
            context.eventSourceRetriever().dynamicallyRegisterEventSource(made);
            source = made;
        }
        return now;
    }
}
