package io.serverherd.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.desired.PeerSecret;
import io.serverherd.operator.observe.ObjectKey;
import io.serverherd.operator.observe.Observer;
import io.serverherd.operator.observe.Ownership;
import io.serverherd.operator.ops.HerdEvents;
import io.serverherd.operator.pki.Authorities;
import java.time.Clock;
import java.util.Optional;

/**
 * Keeps a herd's own authority, and takes it from one step to the next. All certificates hang on it and nobody can make it
 * again, so it is made only where there is none, and written only over what it was made from.
 */
final class AuthorityKeeper {
    private final Observer observer;
    private final Applier applier;
    private final HerdEvents events;
    private final Clock clock;

    AuthorityKeeper(Observer observer, Applier applier, HerdEvents events, Clock clock) {
        this.observer = observer;
        this.applier = applier;
        this.events = events;
        this.clock = clock;
    }

    /** @return what is held after this pass's step; the same where none was due, or it could not be stored */
    HeldCertificates keep(ServerHerd herd, HeldCertificates held, Context<ServerHerd> context, Attempts attempts) {
        if (held.authoritysSecret().isPresent()) {
            return advance(herd, held, context, attempts);
        }
        Secret none = PeerSecret.ofAuthority(herd, held.authorities().data());
        return attempts.ask("get", ObjectKey.of(none), () -> lookUp(none, held, context))
                .map(found -> advance(herd, found, context, attempts))
                .orElse(held);
    }

    /** The cache knows objects by their label, which somebody may have taken off, and lags: it can't tell that there is none. */
    private HeldCertificates lookUp(Secret authority, HeldCertificates held, Context<ServerHerd> context) {
        Secret there = context.getClient().resource(authority).get();
        return there != null && Ownership.owns(context.getPrimaryResource(), there)
                ? held.seenIn(held.observed().with(there), clock.instant())
                : held;
    }

    private HeldCertificates advance(
            ServerHerd herd, HeldCertificates held, Context<ServerHerd> context, Attempts attempts) {
        Optional<Authorities.Advance> advance =
                held.authorities().advance(clock.instant(), held::allTrust, held.allAreRenewed());
        if (advance.isEmpty()) {
            return held;
        }
        Authorities next = advance.get().to();
        applier.apply(madeFrom(held, herd, next), held.observed(), context, attempts);
        HeldCertificates stored = held.seenIn(observer.observe(herd, context), clock.instant());
        // Nothing is signed by an authority that might be forgotten.
        if (!stored.authorities().data().equals(next.data())) {
            attempts.comeBack();
            return held;
        }
        events.tellAuthority(herd, advance.get().step());
        return stored;
    }

    /** One that is two steps behind, as a new leader's may be, would throw away the authority that all have by now. */
    private static Secret madeFrom(HeldCertificates held, ServerHerd herd, Authorities next) {
        Secret authority = PeerSecret.ofAuthority(herd, next.data());
        authority
                .getMetadata()
                .setResourceVersion(held.authoritysSecret()
                        .map(HasMetadata::getMetadata)
                        .map(meta -> meta.getResourceVersion())
                        .orElse(Applier.OF_NO_OBJECT));
        return authority;
    }
}
