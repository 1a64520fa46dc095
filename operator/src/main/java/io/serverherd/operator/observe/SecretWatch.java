package io.serverherd.operator.observe;

import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.serverherd.operator.api.ServerHerd;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The operator's own Secrets, watched from when it may: not every operator is allowed to, and one that is not still serves
 * herds that need none.
 */
public final class SecretWatch {
    private final BooleanSupplier permitted;
    private EventSourceContext<ServerHerd> sources;
    private boolean on;

    /** @param permitted asks the API server whether the operator may keep Secrets */
    public SecretWatch(BooleanSupplier permitted) {
        this.permitted = permitted;
    }

    /** At start. */
    synchronized Optional<EventSource<?, ServerHerd>> prepare(EventSourceContext<ServerHerd> context) {
        sources = context;
        on = permitted.getAsBoolean();
        return on ? Optional.of(HerdEventSources.informer(Secret.class, context)) : Optional.empty();
    }

    /** Whether they are watched; begins to where that has become possible. */
    public synchronized boolean isOn(Context<ServerHerd> context) {
        if (!on && permitted.getAsBoolean()) {
            context.eventSourceRetriever()
                    .dynamicallyRegisterEventSource(HerdEventSources.informer(Secret.class, sources));
            on = true;
        }
        return on;
    }
}
